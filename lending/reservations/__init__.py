"""Reserving: place a claim, decide about it, change it, give it up."""

from lending.reservations.changing import cancel, extend
from lending.reservations.deciding import approve, make_ready, reject, release_no_shows
from lending.reservations.placing import place
from lending.reservations.wishes import Wish

__all__ = ["Wish", "approve", "cancel", "extend", "make_ready", "place", "reject", "release_no_shows"]
