"""Of which title must an institution delete its copies? Pure: plain data in, an answer out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from licenses.periods import A_DAY
from licenses.rights import LEAVES_A_COPY, Action
from licenses.terms import Asker, Grant, Place, Title, may_use

SOMEBODY: Final = Asker()
"""A teacher of the institution: what is asked of it is asked of all who work there."""


@dataclass(frozen=True)
class Ended:
    """The right to keep a copy ends with ``grant`` on the day ``on``, the last one of it; ``may_show``: the title may
    be shown after that by another right."""

    grant: int
    on: date
    may_show: bool


def ended(place: Place, title: Title, grants: Iterable[Grant], *, today: date, until: date) -> Ended | None:
    """What has ended for ``place``, or ends by ``until``; None while any right to keep a copy lasts.

    Of several rights the last one counts. What ended before today is asked as of today: who may copy again keeps what
    is there. Slots that were given must be those of the place (``has_slot``).
    """
    known = list(grants)
    copied = [it for it in known if it.starts_on <= today and _let_copy(it, place, title, until)]
    if not copied:
        return None
    last = max(copied, key=lambda grant: (grant.ends_on or date.max, grant.worth))
    if last.ends_on is None:
        return None
    after = max(last.ends_on + A_DAY, today)
    if _may(LEAVES_A_COPY, place, title, after, known):
        return None
    return Ended(last.id, last.ends_on, may_show=_may({Action.SHOW}, place, title, after, known))


def of_place(grant: Grant, has_slot: bool) -> Grant:  # noqa: FBT001  a column of the grant, not a switch
    """``grant`` as it is for a place: where slots are given by hand it has one or not; others are never all taken."""
    is_so = grant.free is None and grant.has_slot == has_slot
    return grant if is_so else replace(grant, free=None, has_slot=has_slot)


def _let_copy(grant: Grant, place: Place, title: Title, until: date) -> bool:
    if grant.ends_on is None or grant.ends_on > until:
        return False
    return _may(LEAVES_A_COPY, place, title, grant.ends_on, [grant])


def _may(actions: Iterable[str], place: Place, title: Title, on: date, grants: Iterable[Grant]) -> bool:
    known = [grant for grant in grants if not grant.permitted.isdisjoint(actions)]
    return any(may_use(SOMEBODY, place, title, action, on, known).is_allowed for action in actions if known)
