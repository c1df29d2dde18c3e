"""The end of a period: the next one begins, by itself or because somebody said so, and takes along what it permits."""

from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from licenses import contracts
from licenses.deleting.asking import follow
from licenses.entitlements import FIELDS, set_scopes
from licenses.errors import PeriodHasNoEnd
from licenses.models import CapacityKind, Contract, Entitlement, Period, Renewal, Seat
from licenses.models.contract import PeriodQuerySet
from licenses.periods import following
from people import journal
from people.models import User

#: Where nothing was agreed, the next period is as long as most are.
A_YEAR: Final = 12
_CARRIED: Final = ("center_id", "kind", "slot", "capacity", "user_id", "institution_id", "item_id", "class_name")


@transaction.atomic
def renew(period: Period, *, by: User | None, now: datetime | None = None) -> Period:
    """The period after ``period``, with the same cost and everything it permits; who has a slot keeps it.

    One that has been begun already is given back as it is. Raises PeriodHasNoEnd.
    """
    contract = Contract.objects.lock().get(pk=period.contract_id)
    period = contract.periods.get(pk=period.pk)
    if period.ends_on is None:
        raise PeriodHasNoEnd
    if begun := contract.periods.filter(starts_on__gt=period.starts_on).first():
        return begun
    span = following(period.ends_on, contract.renewal_months or A_YEAR)
    coming = contracts.begin(contract, starts_on=span.starts_on, ends_on=span.ends_on, cost=period.cost, by=by)
    for entitlement in Entitlement.objects.lock().filter(period=period):
        take_along(entitlement, coming, by=by, now=now or timezone.now())
    journal.record("period.renewed", period, by=by, contract=contract.pk, period=coming.pk)
    follow(contract, now=now)
    return coming


def renewing_themselves(on: date) -> PeriodQuerySet:
    """Periods that go on by themselves: the last day of notice has passed, nobody ended them, and none follows yet."""
    periods = Period.objects.filter(contract__renews_itself=True, ends_on__isnull=False).exclude(renewal=Renewal.END)
    followed = Period.objects.filter(contract=OuterRef("contract"), starts_on__gt=OuterRef("starts_on"))
    return periods.filter(~Exists(followed), Q(notice_until__lt=on) | Q(notice_until__isnull=True, ends_on__lt=on))


def take_along(entitlement: Entitlement, period: Period, *, by: User | None, now: datetime) -> None:
    """The same right in ``period``; who has a slot has it there, too, and what is kept for then is kept there.

    What is kept beyond the day on which ``period`` begins is cut in two: each part is a slot of its own right.
    """
    rights = {name: getattr(entitlement, name) for name in FIELDS}
    copy = Entitlement.objects.create(
        center_id=entitlement.center_id,
        period=period,
        medium_id=entitlement.medium_id,
        package_id=entitlement.package_id,
        **rights,
    )
    scopes = list(entitlement.scopes.all())
    set_scopes(copy, scopes)
    journal.record("entitlement.given", copy, by=by, **rights, scopes=sorted(scope.pk for scope in scopes))
    begins = datetime.combine(period.starts_on, time(), entitlement.center.zone)
    kept = entitlement.seats.held().kept()
    kept.filter(held_at__gte=begins).update(entitlement=copy)
    longer = kept.filter(expires_at__gt=begins)
    rest = [_copied(seat, copy, held_at=begins, expires_at=seat.expires_at, kept_for=seat.kept_for) for seat in longer]
    longer.update(expires_at=begins)
    held = entitlement.seats.given().exclude(kind=CapacityKind.CONCURRENT)
    Seat.objects.bulk_create([*rest, *(_copied(seat, copy, held_at=now) for seat in held)])


def _copied(seat: Seat, entitlement: Entitlement, **facts: Any) -> Seat:
    return Seat(entitlement=entitlement, **{name: getattr(seat, name) for name in _CARRIED}, **facts)
