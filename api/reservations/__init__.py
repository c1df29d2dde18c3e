"""Reservations: ask for products, decide, change, split, let go."""

from api.reservations.resource import ReservationResource

__all__ = ["ReservationResource"]
