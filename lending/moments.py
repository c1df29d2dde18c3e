"""When something happened, as the desk enters it afterwards (DESIGN 3.10)."""

from datetime import datetime, timedelta
from typing import Final

from lending.refusals import NotYet, TooLongAgo

BACK_DATING: Final = timedelta(days=7)


def happened(at: datetime | None, *, now: datetime) -> datetime:
    """``at``, or now. Raises TooLongAgo beyond seven days and NotYet for a moment to come."""
    if at is None:
        return now
    if at > now + timedelta(minutes=1):
        raise NotYet
    if at < now - BACK_DATING:
        raise TooLongAgo(days=BACK_DATING.days)
    return min(at, now)
