"""Reserving: place a claim, decide about it, change it, give it up."""

from lending.reservations.canceling import cancel, cancel_series
from lending.reservations.changing import change
from lending.reservations.dates import Date
from lending.reservations.deciding import approve, make_ready, reject
from lending.reservations.falling_back import promised_before
from lending.reservations.lapsing import expire, release_no_shows
from lending.reservations.placing import place
from lending.reservations.repeating import Series, foreseen, repeat
from lending.reservations.rewriting import LineChange
from lending.reservations.splitting import split
from lending.reservations.waiting import accept, forget_told, offer, seem_free
from lending.wishes import Wish

__all__ = [
    "Date", "LineChange", "Series", "Wish", "accept", "approve", "cancel", "cancel_series", "change", "expire",
    "foreseen", "forget_told", "make_ready", "offer", "place", "promised_before", "reject", "release_no_shows",
    "repeat", "seem_free", "split",
]  # fmt: skip
