"""Reminders: who has something that is due or late, and is told so, in what rhythm (DESIGN section 5)."""

from lending.reminders.by_hand import remind_now
from lending.reminders.coming import Coming, coming
from lending.reminders.pausing import pause, resume
from lending.reminders.rehearsing import rehearse
from lending.reminders.reminding import Outcome, remind, remind_everywhere
from lending.reminders.switch import switch_off, switch_on

__all__ = [
    "Coming",
    "Outcome",
    "coming",
    "pause",
    "rehearse",
    "remind",
    "remind_everywhere",
    "remind_now",
    "resume",
    "switch_off",
    "switch_on",
]
