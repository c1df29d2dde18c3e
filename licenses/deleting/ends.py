"""What is known of the ends of rights: which periods end, of which media, and who had a slot."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final

from django.db.models import F, Q

from licenses.models import DeletionTitle, Entitlement, Medium, PackageTitle, Period, Renewal, Seat
from licenses.rights import LEAVES_A_COPY
from people.models import Center

LOOKED_BACK: Final = timedelta(days=90)
"""What ended longer ago is history: a centre that moves in writes down old contracts, too."""


def known_end(period: Period, today: date, *, is_followed: bool) -> date | None:
    """The last day of ``period`` as far as it is certain; None while it may go on.

    One that another follows ends as written. Else it goes on if it does so by itself and nobody gave it up. Where
    nobody has decided yet it ends when its last day is over: no school is told of an end that may not come.
    """
    if is_followed or period.ends_on is None or period.renewal == Renewal.END:
        return period.ends_on
    return None if period.contract.renews_itself or period.ends_on >= today else period.ends_on


def known_ends(center: Center, today: date) -> dict[int, date | None]:
    """By period id."""
    periods = list(Period.objects.filter(center=center).select_related("contract").order_by("contract", "starts_on"))
    last = {period.contract_id: period.pk for period in periods}
    return {it.pk: known_end(it, today, is_followed=last[it.contract_id] != it.pk) for it in periods}


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def media_concerned(center: Center, today: date) -> list[Medium]:
    """Those with a right to keep a copy that may have ended lately or ends this month, and those asked about."""
    days = (today - LOOKED_BACK, last_of_month(today))
    copied = Entitlement.objects.filter(center=center, permitted__overlap=sorted(LEAVES_A_COPY))
    ending = copied.filter(Q(period__ends_on__range=days) | Q(ends_with_copy=True))
    titles = PackageTitle.objects.filter(center=center)
    leaving = titles.filter(ends_on__range=days, package__in=copied.values("package"))
    packed = titles.filter(package__in=ending.values("package"))
    asked = DeletionTitle.objects.filter(center=center, deletion__confirmed_at__isnull=True)
    wanted = (
        Q(pk__in=ending.values("medium"))
        | Q(pk__in=leaving.values("medium"))
        | Q(pk__in=packed.values("medium"))
        | Q(pk__in=asked.values("medium"))
    )
    return list(Medium.objects.filter(wanted, center=center))


def holders(entitlements: Iterable[int], *, ever: bool) -> set[tuple[int, int]]:
    """(entitlement, institution) where a slot was given: to the institution, to a class of it, or to somebody there.

    ``ever``: whoever had one may have copies; otherwise only who has one now."""
    seats = Seat.objects.filter(entitlement__in=list(entitlements))
    if not ever:
        seats = seats.held()
    rows = seats.values_list("entitlement", "institution", "user__memberships__institution").order_by().distinct()
    return {(entitlement, at) for entitlement, own, theirs in rows for at in (own, theirs) if at is not None}


def contracts_of(entitlements: Collection[int]) -> dict[int, int]:
    """Contract by entitlement id."""
    rows = Entitlement.objects.filter(pk__in=entitlements).annotate(contract=F("period__contract"))
    return dict(rows.order_by().values_list("pk", "contract"))
