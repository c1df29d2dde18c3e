"""What ought to be asked of institutions today, read for all of them in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from licenses.decisions.askers import place_of
from licenses.decisions.grants import grants_of_all
from licenses.deleting.ending import Ended, ended, of_place
from licenses.deleting.ends import LOOKED_BACK, contracts_of, holders, known_ends, last_of_month
from licenses.deleting.grouping import Groups, Slots
from licenses.models import Medium
from licenses.terms import Grant, Place, Title
from people.models import Center, Institution


@dataclass(frozen=True)
class Copy:
    """What an institution must delete: what it may have of a medium, after the day ``ends_on``."""

    institution: int
    medium: int
    ends_on: date


@dataclass(frozen=True)
class Wanted:
    """By which contract, and whether the title may still be shown. ``is_new``: it ended lately, or ends this month."""

    contract: int
    may_show: bool
    is_new: bool


Alike = tuple[int, tuple[Grant, ...]]


def wanted(
    center: Center, institutions: Collection[Institution], media: Collection[Medium], now: datetime
) -> dict[Copy, Wanted]:
    """What each of ``institutions`` must delete of ``media``; one row at most for each of both."""
    today = timezone.localdate(now, center.zone)
    grants = grants_of_all(media, now, known_ends(center, today))
    alike: dict[Alike, list[int]] = defaultdict(list)
    for medium in media:
        alike[medium.age_rating or 0, tuple(grants.get(medium.pk, ()))].append(medium.pk)
    found = list(_ended(alike, list(map(place_of, institutions)), today))
    contracts = contracts_of({its.grant for _, _, its in found})
    since = today - LOOKED_BACK
    return {
        Copy(place, medium, its.on): Wanted(contracts[its.grant], its.may_show, is_new=its.on >= since)
        for places, media_ids, its in found
        for place in places
        for medium in media_ids
    }


def _ended(
    alike: dict[Alike, list[int]], places: Collection[Place], today: date
) -> Iterator[tuple[list[int], list[int], Ended]]:
    """Titles with the same rights, and places that these do not tell apart, are asked about together: a package of
    thousands for all primary schools of a town is one question."""
    until = last_of_month(today)
    counted = {grant.id for _, grants in alike for grant in grants if grant.needs_slot}
    slots = Slots(holders(counted, ever=True), holders(counted, ever=False)) if counted else Slots(set(), set())
    groups = Groups(places, slots)

    def seen_from(place: Place, grant: Grant) -> Grant:
        has_ended = grant.ends_on is not None and grant.ends_on <= until
        return of_place(grant, (grant.id, place.id) in (slots.ever if has_ended else slots.now))

    for (age_rating, grants), media in alike.items():
        title = Title(media[0], age_rating)
        for several in groups.alike(grants):
            its = [seen_from(several[0], grant) for grant in grants]
            if (end := ended(several[0], title, its, today=today, until=until)) is not None:
                yield [place.id for place in several], media, end
