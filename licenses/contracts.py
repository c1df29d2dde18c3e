"""Contracts and the periods they run in: signed, changed, renewed, given up."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from leihwerk.constraints import refusing
from licenses.deleting.asking import follow
from licenses.errors import (
    ContractNumberIsTaken,
    NobodyPlansThatFar,
    OfAnotherCenter,
    PeriodEndsBeforeItStarts,
    PeriodHasNoEnd,
    PeriodsOverlap,
    RenewedByHand,
)
from licenses.expiring import KIND
from licenses.models import Amendment, Contract, Period, Provider, Renewal
from licenses.periods import notice_until
from people import journal, letters
from people.models import Center, User

DESCRIBED: Final = frozenset(
    {"provider", "number", "title", "signed_on", "renews_itself", "renewal_months", "notice_months"}
    | {"funding", "cost_center", "note"}
)
YEARS: Final = range(1900, 2200)
"""Other years are slips, or stand for "until further notice": there a month more is out of any calendar."""


@transaction.atomic
def sign(center: Center, *, by: User, **facts: Any) -> Contract:
    """Write down a contract; it has no period yet. Raises ContractNumberIsTaken, OfAnotherCenter."""
    _ask_known(facts, center)
    contract = Contract(center=center, **facts)
    with refusing("contract_number_is_used_once", ContractNumberIsTaken(number=contract.number)):
        contract.save()
    journal.record("contract.signed", contract, by=by)
    return contract


@transaction.atomic
def edit(contract: Contract, *, by: User, **facts: Any) -> Contract:
    """Describe ``contract`` anew; other months of notice move the day until which its last period can be given up.

    Raises ContractNumberIsTaken, OfAnotherCenter.
    """
    contract = Contract.objects.lock().get(pk=contract.pk)
    _ask_known(facts, contract.center)
    changed = sorted(name for name, value in facts.items() if getattr(contract, name) != value)
    if changed:
        for name in changed:
            setattr(contract, name, facts[name])
        with refusing("contract_number_is_used_once", ContractNumberIsTaken(number=contract.number)):
            contract.save(update_fields=changed)
        journal.record("contract.changed", contract, by=by, fields=changed)
        if "notice_months" in changed:
            _move_notice(contract)
    return contract


@transaction.atomic
def begin(
    contract: Contract, *, starts_on: date, ends_on: date | None = None, cost: Decimal = Decimal(0), by: User | None
) -> Period:
    """A further period of ``contract``. Raises PeriodsOverlap, PeriodEndsBeforeItStarts, NobodyPlansThatFar."""
    contract = Contract.objects.lock().get(pk=contract.pk)
    _ask_days(starts_on, ends_on)
    period = Period(center_id=contract.center_id, contract=contract, starts_on=starts_on, ends_on=ends_on, cost=cost)
    period.notice_until = notice_until(ends_on, contract.notice_months)
    with refusing("contract_runs_in_one_period_at_a_time", PeriodsOverlap()):
        period.save()
    journal.record("period.begun", period, by=by, contract=contract.pk, starts_on=starts_on, ends_on=ends_on)
    return period


@transaction.atomic
def change_period(period: Period, *, starts_on: date, ends_on: date | None, cost: Decimal, by: User) -> Period:
    """Correct the days and the cost. Raises PeriodsOverlap, PeriodEndsBeforeItStarts, NobodyPlansThatFar."""
    contract = Contract.objects.lock().get(pk=period.contract_id)
    period = contract.periods.get(pk=period.pk)
    _ask_days(starts_on, ends_on)
    period.starts_on, period.ends_on, period.cost = starts_on, ends_on, cost
    period.notice_until = notice_until(ends_on, contract.notice_months)
    with refusing("contract_runs_in_one_period_at_a_time", PeriodsOverlap()):
        period.save(update_fields=["starts_on", "ends_on", "cost", "notice_until"])
    letters.withdraw(period, KIND)  # what was told of other days is no news any more
    journal.record("period.changed", period, by=by, starts_on=starts_on, ends_on=ends_on, cost=float(cost))
    follow(contract)
    return period


@transaction.atomic
def decide(period: Period, *, renewal: Renewal, by: User, now: datetime | None = None) -> Period:
    """Say how it goes on after the end of ``period``. What does not renew itself is not renewed by saying so, but by
    its next period (``licenses.renewals.renew``). Raises PeriodHasNoEnd, RenewedByHand."""
    contract = Contract.objects.lock().get(pk=period.contract_id)
    period = contract.periods.get(pk=period.pk)
    if period.ends_on is None:
        raise PeriodHasNoEnd
    if renewal == Renewal.RENEW and not contract.renews_itself:
        raise RenewedByHand
    if period.renewal != renewal:
        period.renewal = renewal
        is_open = renewal == Renewal.OPEN
        period.decided_at, period.decided_by = (None, None) if is_open else (now or timezone.now(), by)
        period.save(update_fields=["renewal", "decided_at", "decided_by"])
        letters.withdraw(period, KIND, now=now)
        journal.record("period.decided", period, by=by, renewal=str(renewal))
        follow(contract, now=now)
    return period


@transaction.atomic
def amend(contract: Contract, *, agreed_on: date, note: str, starts_on: date | None = None, by: User) -> Amendment:
    """Write down what was agreed later."""
    amendment = Amendment.objects.create(
        center_id=contract.center_id, contract=contract, agreed_on=agreed_on, note=note, starts_on=starts_on
    )
    journal.record("contract.amended", contract, by=by, amendment=amendment.pk, agreed_on=agreed_on)
    return amendment


def _move_notice(contract: Contract) -> None:
    """Those before the last one are followed by another whatever anybody does."""
    last = contract.periods.order_by("starts_on").last()
    if last is None:
        return
    until = notice_until(last.ends_on, contract.notice_months)
    if last.notice_until != until:
        last.notice_until = until
        last.save(update_fields=["notice_until"])
        letters.withdraw(last, KIND)


def _ask_days(starts_on: date, ends_on: date | None) -> None:
    if any(day.year not in YEARS for day in (starts_on, ends_on) if day is not None):
        raise NobodyPlansThatFar
    if ends_on is not None and ends_on < starts_on:
        raise PeriodEndsBeforeItStarts


def _ask_known(facts: Mapping[str, Any], center: Center) -> None:
    unknown = facts.keys() - DESCRIBED
    if unknown:
        raise TypeError(f"not a fact that describes a contract: {', '.join(sorted(unknown))}")
    provider = facts.get("provider")
    if isinstance(provider, Provider) and provider.center_id != center.pk:
        raise OfAnotherCenter
