from lending.models import Reservation
from lending.refusals import NothingWanted


def span(reservation: Reservation) -> None:
    """It goes from the first beginning to the last end of its lines. Raises NothingWanted if there are none."""
    periods = list(reservation.lines.values_list("starts_at", "ends_at"))
    if not periods:
        raise NothingWanted
    reservation.starts_at = min(start for start, _ in periods)
    reservation.ends_at = max(end for _, end in periods)
    reservation.save(update_fields=["starts_at", "ends_at"])
