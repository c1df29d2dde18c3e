"""Handing over: an open slip, one loan a scan, and the end of it."""

from lending.handovers.closing import add_extra, finish
from lending.handovers.opening import open_handover
from lending.handovers.scanned import hand_over
from lending.handovers.together import hand_over_together
from lending.handovers.undoing import undo

__all__ = ["add_extra", "finish", "hand_over", "hand_over_together", "open_handover", "undo"]
