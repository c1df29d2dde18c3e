"""What was agreed later about a contract, and from which day on it changes what is permitted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from licenses import contracts, papers
from licenses.errors import NoPeriodOnThatDay
from licenses.expiring import KIND
from licenses.models import Amendment, Contract, Entitlement, Period, Renewal
from licenses.renewals import take_along
from people import journal, letters
from people.models import User


@dataclass(frozen=True)
class Paper:
    """A document that comes along."""

    name: str
    upload: "UploadedFile[bytes]"


@transaction.atomic
def amend(
    contract: Contract,
    *,
    agreed_on: date,
    note: str,
    starts_on: date | None = None,
    paper: Paper | None = None,
    by: User,
) -> Amendment:
    """Write down what was agreed later; with its paper, if there is one. Raises DocumentIsNotAllowed."""
    contract = Contract.objects.lock().get(pk=contract.pk)
    amendment = contracts.amend(contract, agreed_on=agreed_on, note=note, starts_on=starts_on, by=by)
    if paper:
        papers.attach(contract, name=paper.name, upload=paper.upload, amendment=amendment, by=by)
    return amendment


@transaction.atomic
def change(amendment: Amendment, *, agreed_on: date, note: str, starts_on: date | None, by: User) -> Amendment:
    """Describe it anew. What it changed before stays as it is."""
    contract = Contract.objects.lock().get(pk=amendment.contract_id)
    amendment = contract.amendments.get(pk=amendment.pk)
    amendment.agreed_on, amendment.note, amendment.starts_on = agreed_on, note, starts_on
    amendment.save(update_fields=["agreed_on", "note", "starts_on"])
    journal.record("contract.amendment_changed", contract, by=by, amendment=amendment.pk, agreed_on=agreed_on)
    return amendment


@transaction.atomic
def divide(
    contract: Contract, *, on: date, cost: Decimal | None = None, by: User, now: datetime | None = None
) -> Period:
    """From ``on`` the period that runs then goes on as one of its own, with the same rights and seats, so that these
    can change from that day on and what was before stays true.

    ``cost`` is that of the rest; without it, each part has its share by days, and of a period without an end the first
    part keeps all. One that begins on that day is given back as it is. Raises NoPeriodOnThatDay.
    """
    contract, now = Contract.objects.lock().get(pk=contract.pk), now or timezone.now()
    period = next((it for it in contract.periods.all() if it.starts_on <= on <= (it.ends_on or date.max)), None)
    if period is None:
        raise NoPeriodOnThatDay(on=on)
    if period.starts_on == on:
        return period
    rest = _share(period, on) if cost is None else cost
    ends_on, renewal, decided_at, decided_by = period.ends_on, period.renewal, period.decided_at, period.decided_by
    period.ends_on, period.notice_until = on - timedelta(days=1), None
    period.renewal, period.decided_at, period.decided_by = Renewal.OPEN, None, None
    period.cost = max(period.cost - rest, Decimal(0)) if cost is None else period.cost
    period.save(update_fields=["ends_on", "notice_until", "cost", "renewal", "decided_at", "decided_by"])
    letters.withdraw(period, KIND, now=now)
    later = contracts.begin(contract, starts_on=on, ends_on=ends_on, cost=rest, by=by)
    later.renewal, later.decided_at, later.decided_by = renewal, decided_at, decided_by
    later.save(update_fields=["renewal", "decided_at", "decided_by"])
    for entitlement in Entitlement.objects.lock().filter(period=period):
        take_along(entitlement, later, by=by, now=now)
    journal.record("period.divided", period, by=by, contract=contract.pk, on=on, period=later.pk)
    return later


def _share(period: Period, on: date) -> Decimal:
    if period.ends_on is None:
        return Decimal(0)
    days = (period.ends_on - period.starts_on).days + 1
    return (period.cost * ((period.ends_on - on).days + 1) / days).quantize(Decimal("0.01"))
