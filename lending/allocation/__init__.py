"""Which unit serves which claim: pure functions on plain facts of one product, no rows and no clock.

``plan`` lays claims on units, ``admit`` says whether a change may be made, ``free_steps`` and ``next_free`` say when
something is free. See docs/adr/0003-exact-planning.md.
"""

from lending.allocation.claims import Bottleneck, Claim, Fixed, Plan, Refusal
from lending.allocation.free import Outlook, Step, free_steps, least_free, next_free
from lending.allocation.plan import admit, plan

__all__ = [
    "Bottleneck",
    "Claim",
    "Fixed",
    "Outlook",
    "Plan",
    "Refusal",
    "Step",
    "admit",
    "free_steps",
    "least_free",
    "next_free",
    "plan",
]
