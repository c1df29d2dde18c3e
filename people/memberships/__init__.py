"""Who acts for whom: asking, inviting, activating, giving roles, leaving."""

from people.memberships.appointing import appoint
from people.memberships.inviting import invite
from people.memberships.joining import activate, ask_to_join, reject
from people.memberships.leaving import leave
from people.memberships.waiting import is_waiting_at

__all__ = ["activate", "appoint", "ask_to_join", "invite", "is_waiting_at", "leave", "reject"]
