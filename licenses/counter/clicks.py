"""What happened, one row each: somebody looked at a medium, used it, or was kept from using it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Use(StrEnum):
    """What somebody did, or tried to do. Using is looking, too: a request counts among the investigations."""

    INVESTIGATION = "investigation"
    REQUEST = "request"
    NO_LICENSE = "no_license"
    LIMIT_EXCEEDED = "limit_exceeded"


@dataclass(frozen=True, slots=True)
class Click:
    """One click.

    ``medium`` is what is counted apart from others: a medium's id, or (institution, medium) where each school has
    figures of its own. ``session`` is a pseudonym of the user, at least for one hour of one day; two users never share
    one. ``at`` knows its zone.
    """

    medium: Hashable
    use: Use
    session: str
    at: datetime
    is_by_robot: bool = False
