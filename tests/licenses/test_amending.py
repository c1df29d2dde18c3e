"""What was agreed later is written down, and what it changes holds from its day on and not before."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from licenses import amending, contracts, seats
from licenses.amending import Paper
from licenses.decisions import decide
from licenses.entitlements import Rights, change_rights
from licenses.errors import DocumentIsNotAllowed, NoPeriodOnThatDay
from licenses.models import Amendment, Entitlement, Period, Renewal
from licenses.rights import Action
from people.models import JournalEntry

AUGUST = date(2026, 8, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_an_amendment_comes_with_its_paper_or_not_at_all(contract, manager):
    said = {"agreed_on": date(2026, 6, 1), "note": "Zehn mehr", "starts_on": AUGUST, "by": manager}
    pdf, page = (SimpleUploadedFile("nachtrag.pdf", content) for content in (b"%PDF-1.7", b"<html>"))

    with pytest.raises(DocumentIsNotAllowed):
        amending.amend(contract, **said, paper=Paper("Nachtrag", page))
    assert not Amendment.objects.exists()

    found = amending.amend(contract, **said, paper=Paper("Nachtrag", pdf))

    assert found.documents.get().contract == contract
    assert JournalEntry.objects.get(verb="contract.amended").by == manager


def test_it_is_described_anew(contract, manager):
    found = amending.amend(contract, agreed_on=AUGUST, note="Zehn", by=manager)

    amending.change(found, agreed_on=AUGUST, note="Zwölf", starts_on=AUGUST, by=manager)

    found.refresh_from_db()
    assert (found.note, found.starts_on) == ("Zwölf", AUGUST)
    assert JournalEntry.objects.filter(verb="contract.amendment_changed").exists()


def test_from_its_day_on_other_rights_hold_and_before_it_the_former_ones(
    contract, period, entitled, film, town, anna, north, manager
):
    entitled(permitted=[Action.SHOW])
    later = amending.divide(contract, on=AUGUST, by=manager)
    rights = Rights(permitted={Action.SHOW, Action.STREAM}, scopes=(town,))
    change_rights(later.entitlements.get(), rights=rights, by=manager)

    before, after = (
        decide(anna, north, film, Action.STREAM, at=noon(day)).is_allowed for day in (date(2026, 7, 31), AUGUST)
    )

    assert (before, after) == (False, True)
    assert decide(anna, north, film, Action.SHOW, at=noon(date(2026, 7, 31))).is_allowed


def test_the_parts_follow_each_other_and_share_the_cost(contract, period, manager):
    contracts.change_period(
        period, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), cost=Decimal(730), by=manager
    )

    later = amending.divide(contract, on=date(2026, 10, 20), by=manager)

    first = Period.objects.get(pk=period.pk)
    assert (first.ends_on, later.starts_on, later.ends_on) == (
        date(2026, 10, 19), date(2026, 10, 20), date(2026, 12, 31),
    )  # fmt: skip
    assert (first.cost, later.cost) == (Decimal(584), Decimal(146))
    assert JournalEntry.objects.get(verb="period.divided").facts["period"] == later.pk


def test_a_cost_that_is_told_is_that_of_the_rest(contract, period, manager):
    Period.objects.update(cost=500)

    later = amending.divide(contract, on=AUGUST, cost=Decimal(80), by=manager)

    assert (Period.objects.get(pk=period.pk).cost, later.cost) == (Decimal(500), Decimal(80))


def test_what_was_decided_about_the_end_and_who_has_a_seat_goes_along(contract, period, entitled, anna, manager):
    seats.assign(entitled(capacity_kind="named", capacity=2), to=anna, by=manager)
    contracts.decide(period, renewal=Renewal.END, by=manager)

    later = amending.divide(contract, on=AUGUST, by=manager)

    assert (later.renewal, later.decided_by) == (Renewal.END, manager)
    assert Period.objects.get(pk=period.pk).renewal == Renewal.OPEN
    assert Entitlement.objects.get(period=later).seats.held().get().user == anna


def test_a_period_without_an_end_goes_on_without_one(contract, period, manager):
    Period.objects.update(ends_on=None, cost=300)

    later = amending.divide(contract, on=AUGUST, by=manager)

    assert (later.ends_on, later.cost, Period.objects.get(pk=period.pk).cost) == (None, Decimal(0), Decimal(300))


def test_a_day_on_which_a_period_begins_divides_nothing(contract, period, manager):
    assert amending.divide(contract, on=period.starts_on, by=manager) == period
    assert Period.objects.count() == 1


def test_a_day_without_a_period_is_refused(contract, period, manager):
    with pytest.raises(NoPeriodOnThatDay):
        amending.divide(contract, on=date(2031, 1, 1), by=manager)


def test_the_journal_tells_of_every_right_that_goes_along(contract, entitled, town, manager):
    entitled(scopes=[town])

    later = amending.divide(contract, on=AUGUST, by=manager)

    copy = Entitlement.objects.get(period=later)
    entry = JournalEntry.objects.get(verb="entitlement.given", subject_id=copy.pk)
    assert (entry.by, entry.facts["permitted"], entry.facts["scopes"]) == (manager, copy.permitted, [town.pk])
