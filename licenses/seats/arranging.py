"""Who has which slot, and when. Pure: plain data in, numbers out."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """One slot from ``start`` until ``end`` (None: for good). With ``slot`` it has begun, and stays where it is."""

    key: Hashable
    start: datetime
    end: datetime | None = None
    slot: int | None = None


def arrange(spans: Iterable[Span], capacity: int) -> dict[Hashable, int] | None:
    """The slot of each, counted from 1, so that no two meet in one; None if ``capacity`` is less than needed at once.

    Exact: what has begun has not ended, so all of it meets now and each has a slot of its own. The rest is seated in
    the order of its beginnings, and whoever finds every slot taken begins while ``capacity`` others last.
    """
    told = list(spans)
    found = {it.key: it.slot for it in told if it.slot is not None and it.slot <= capacity}
    until = {it.slot: it.end for it in told if it.key in found}
    for span in sorted((it for it in told if it.key not in found), key=lambda it: it.start):
        slot = next((it for it in range(1, capacity + 1) if _is_free(until, it, span.start)), None)
        if slot is None:
            return None
        found[span.key], until[slot] = slot, span.end
    return {key: slot for key, slot in found.items() if slot is not None}


def most_at_once(spans: Iterable[Span]) -> int:
    """How many slots are needed where the most of ``spans`` meet."""
    told = list(spans)
    return max((sum(_lasts(other, it.start) for other in told) for it in told), default=0)


def _is_free(until: dict[int | None, datetime | None], slot: int, start: datetime) -> bool:
    end = until.get(slot, datetime.min.replace(tzinfo=start.tzinfo))
    return end is not None and end <= start


def _lasts(span: Span, moment: datetime) -> bool:
    return span.start <= moment and (span.end is None or moment < span.end)
