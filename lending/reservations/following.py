"""Which lines go along when a reservation is moved: those that begin or end with it."""

from datetime import datetime

from lending.due_dates import Calendar, Rules, closing_moment, local_day, pickup_moment, return_moment
from lending.models import Line, Reservation

Period = tuple[datetime, datetime]


def followed(
    line: Line, reservation: Reservation, starts_at: datetime, ends_at: datetime, rules: Rules, calendar: Calendar
) -> Period:
    """The period of ``line`` when its reservation goes from ``starts_at`` to ``ends_at``.

    What begins, or ends, with the reservation goes along; on the same day at another time (its own pickup time), it
    keeps to its rules. A room by the hour goes along only if the whole reservation is its hours.
    """
    if line.product.is_by_the_hour:
        is_whole = (line.starts_at, line.ends_at) == (reservation.starts_at, reservation.ends_at)
        return (starts_at, ends_at) if is_whole else (line.starts_at, line.ends_at)
    start, end = line.starts_at, line.ends_at
    if start == reservation.starts_at:
        start = starts_at
    elif local_day(start) == local_day(reservation.starts_at) != local_day(starts_at):
        start = pickup_moment(local_day(starts_at), rules)
    if end == reservation.ends_at:
        return start, ends_at
    if local_day(end) == local_day(reservation.ends_at) != local_day(ends_at):
        day = local_day(ends_at)
        end = return_moment(day, rules)
        return start, end if end > start else closing_moment(day, calendar)
    return start, end
