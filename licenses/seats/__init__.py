"""Slots of what is counted: given to somebody (``giving``), kept for an institution for a time (``keeping``)."""

from licenses.seats.giving import Holder, acting_in, assign, lease, reclaim, release, set_capacity

__all__ = ["Holder", "acting_in", "assign", "lease", "reclaim", "release", "set_capacity"]
