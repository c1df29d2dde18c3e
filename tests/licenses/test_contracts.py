"""Contracts run in periods, permit things in places, and go on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from licenses import contracts, packages, renewals, scopes, seats
from licenses.entitlements import Rights, change_rights, entitle, withdraw
from licenses.errors import (
    ContractNumberIsTaken,
    HowManyIsMissing,
    NameIsTaken,
    NobodyPlansThatFar,
    OfAnotherCenter,
    PeriodEndsBeforeItStarts,
    PeriodHasNoEnd,
    PeriodsOverlap,
    PermittedAndProhibited,
    SlotsAreInUse,
    TitleIsInPackageAlready,
)
from licenses.models import Contract, Entitlement, Medium, Period, Provider, Renewal, Scope
from licenses.periods import following, months_later, notice_until
from licenses.rights import Action, Preset
from people.models import JournalEntry

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("ends_on", "months", "until"),
    [
        (date(2027, 7, 31), 3, date(2027, 4, 30)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2027, 2, 28), 0, date(2027, 2, 28)),
        (date(2027, 5, 30), 3, date(2027, 2, 27)),
        (None, 3, None),
        (date(2027, 7, 31), None, None),
    ],
)
def test_notice_is_due_whole_months_before_the_end(ends_on, months, until):
    assert notice_until(ends_on, months) == until


@given(days, st.integers(1, 60))
def test_the_next_period_begins_the_day_after_and_lasts_so_many_months(ends_on, months):
    span = following(ends_on, months)

    assert span.starts_on == ends_on + timedelta(days=1)
    assert span.ends_on is not None
    assert span.ends_on + timedelta(days=1) == months_later(span.starts_on, months)
    assert span.starts_on <= span.ends_on


@given(days, st.integers(0, 24))
def test_notice_is_due_before_the_end(ends_on, months):
    until = notice_until(ends_on, months)

    assert until <= ends_on
    assert abs((ends_on - until).days - months * 30.44) < 4


@pytest.mark.django_db
class TestPeriods:
    def test_a_contract_is_signed_and_described(self, center, provider, manager):
        contract = contracts.sign(center, provider=provider, number="7", title="Kreis", notice_months=3, by=manager)

        contracts.edit(contract, title="Kreis-Online", by=manager)

        assert Contract.objects.get().title == "Kreis-Online"
        assert JournalEntry.objects.filter(verb="contract.changed").get().facts == {"fields": ["title"]}
        with pytest.raises(ContractNumberIsTaken):
            contracts.sign(center, provider=provider, number="7", title="Noch einer", by=manager)

    def test_a_provider_of_the_neighbor_is_refused(self, center, neighbor, manager):
        foreign = Provider.objects.create(center=neighbor, name="Fremd")

        with pytest.raises(OfAnotherCenter):
            contracts.sign(center, provider=foreign, number="7", title="Kreis", by=manager)

    def test_it_runs_in_one_period_at_a_time(self, contract, period, manager):
        with pytest.raises(PeriodsOverlap):
            contracts.begin(contract, starts_on=date(2028, 7, 31), by=manager)
        with pytest.raises(PeriodEndsBeforeItStarts):
            contracts.begin(contract, starts_on=date(2029, 1, 2), ends_on=date(2029, 1, 1), by=manager)

        contracts.begin(contract, starts_on=date(2028, 8, 1), by=manager)

        assert contract.periods.count() == 2

    def test_two_periods_at_a_time_do_not_exist(self, center, contract, period):
        with pytest.raises(IntegrityError, match="contract_runs_in_one_period_at_a_time"), transaction.atomic():
            Period.objects.create(center=center, contract=contract, starts_on=date(2028, 7, 31))

    def test_a_period_knows_until_when_it_can_be_given_up(self, contract, manager):
        contracts.edit(contract, notice_months=3, by=manager)
        period = contracts.begin(contract, starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31), by=manager)
        assert period.notice_until == date(2027, 4, 30)

        period = contracts.change_period(
            period, starts_on=date(2026, 8, 1), ends_on=date(2027, 12, 31), cost=Decimal(420), by=manager
        )

        assert (period.notice_until, period.cost) == (date(2027, 9, 30), Decimal(420))

    def test_other_months_of_notice_move_the_day_of_the_last_period(self, contract, manager):
        contracts.edit(contract, notice_months=1, by=manager)
        for year in (2026, 2027):
            contracts.begin(contract, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), by=manager)

        contracts.edit(contract, notice_months=3, by=manager)

        kept, moved = contract.periods.all()
        assert (kept.notice_until, moved.notice_until) == (date(2026, 11, 30), date(2027, 9, 30))

    @pytest.mark.parametrize("days", [("2026-08-01", "9999-12-31"), ("0001-01-01", "0001-02-01"), ("9999-12-31", None)])
    def test_days_beyond_any_calendar_are_refused(self, contract, manager, days):
        contracts.edit(contract, notice_months=3, by=manager)
        starts_on, ends_on = (date.fromisoformat(day) if day else None for day in days)

        with pytest.raises(NobodyPlansThatFar):
            contracts.begin(contract, starts_on=starts_on, ends_on=ends_on, by=manager)

    def test_somebody_decides_and_may_think_again(self, period, manager):
        decided = contracts.decide(period, renewal=Renewal.END, by=manager)
        assert (decided.renewal, decided.decided_by) == ("end", manager)

        again = contracts.decide(period, renewal=Renewal.OPEN, by=manager)

        assert (again.renewal, again.decided_at, again.decided_by) == ("open", None, None)

    def test_what_has_no_end_is_not_decided(self, contract, manager):
        period = contracts.begin(contract, starts_on=date(2026, 8, 1), by=manager)

        for act in (
            lambda: contracts.decide(period, renewal=Renewal.END, by=manager),
            lambda: renewals.renew(period, by=manager),
        ):
            with pytest.raises(PeriodHasNoEnd):
                act()


@pytest.mark.django_db
class TestRights:
    def test_a_preset_fills_in_what_is_usual(self, period, film, town, manager):
        entitlement = entitle(period, to=film, rights=Rights.of(Preset.VOE, town), by=manager)

        assert set(entitlement.permitted) == {Action.LEND, Action.SHOW}
        assert Action.DOWNLOAD in entitlement.prohibited
        assert (entitlement.preset, entitlement.ends_with_copy) == ("voe", True)
        assert [*entitlement.scopes.all()] == [town]

    def test_what_makes_no_sense_is_refused(self, period, film, manager):
        for rights, refusal in (
            (Rights(permitted=["show"], prohibited=["show"]), PermittedAndProhibited),
            (Rights(capacity_kind="named"), HowManyIsMissing),
            (Rights(capacity=3), HowManyIsMissing),
        ):
            with pytest.raises(refusal):
                entitle(period, to=film, rights=rights, by=manager)

    def test_nothing_of_the_neighbor_is_mixed_in(self, neighbor, period, film, manager):
        foreign_scope = Scope.objects.create(center=neighbor, name="Nachbarstadt")
        provider = Provider.objects.create(center=neighbor, name="Fremd")
        foreign_film = Medium.objects.create(center=neighbor, provider=provider, title="Fremd", kind="dvd")

        with pytest.raises(OfAnotherCenter):
            entitle(period, to=film, rights=Rights.of(Preset.VOE, foreign_scope), by=manager)
        with pytest.raises(OfAnotherCenter):
            entitle(period, to=foreign_film, rights=Rights.of(Preset.VOE), by=manager)

    def test_rights_are_corrected_and_the_journal_keeps_what_they_were(self, period, film, town, manager):
        entitlement = entitle(period, to=film, rights=Rights.of(Preset.VOE, town), by=manager)

        change_rights(entitlement, rights=Rights(permitted=[Action.SHOW]), by=manager)

        entitlement.refresh_from_db()
        assert (entitlement.permitted, [*entitlement.scopes.all()]) == (["show"], [])
        facts = [entry.facts for entry in JournalEntry.objects.about(entitlement)]
        assert [(fact["permitted"], fact["scopes"]) for fact in facts] == [
            (["show"], []),
            (["lend", "show"], [town.pk]),
        ]

    def test_with_seats_given_it_is_not_counted_otherwise_and_not_withdrawn(self, period, film, town, anna, manager):
        named = Rights.of(Preset.SOFTWARE, town, capacity_kind="named", capacity=2)
        entitlement = entitle(period, to=film, rights=named, by=manager)
        seat = seats.assign(entitlement, to=anna, by=manager)

        with pytest.raises(SlotsAreInUse):
            change_rights(entitlement, rights=Rights.of(Preset.SOFTWARE, town), by=manager)
        seats.release(seat, by=manager)
        with pytest.raises(SlotsAreInUse):
            withdraw(entitlement, by=manager)

    def test_a_slip_of_the_pen_is_withdrawn(self, period, film, town, manager):
        withdraw(entitle(period, to=film, rights=Rights.of(Preset.VOE, town), by=manager), by=manager)

        assert not Entitlement.objects.exists()
        assert JournalEntry.objects.filter(verb="entitlement.withdrawn").exists()

    def test_permitted_and_prohibited_at_once_does_not_exist(self, entitled):
        with pytest.raises(IntegrityError, match="nothing_is_permitted_and_prohibited"):
            entitled(permitted=["show"], prohibited=["show", "lend"])


@pytest.mark.django_db
class TestScopesAndPackages:
    def test_a_scope_is_drawn_anew_for_all_that_hold_there(self, center, north, south, manager):
        scope = scopes.add(center, name="Zwei Schulen", institutions=[north, south], by=manager)

        scopes.edit(scope, name="Eine Schule", institutions=[south], school_forms=["20"], by=manager)

        scope.refresh_from_db()
        assert (scope.name, scope.school_forms, [*scope.institutions.all()]) == ("Eine Schule", ["20"], [south])
        with pytest.raises(NameIsTaken):
            scopes.add(center, name="EINE Schule", by=manager)

    def test_a_school_of_the_neighbor_is_not_named(self, center, foreign_school, manager):
        with pytest.raises(OfAnotherCenter):
            scopes.add(center, name="Drüben", institutions=[foreign_school], by=manager)

    def test_titles_come_and_go(self, center, provider, film, manager):
        package = packages.add(center, provider=provider, name="Wissensfilme", by=manager)
        packages.put_in(package, film, starts_on=date(2026, 1, 1), by=manager)
        with pytest.raises(TitleIsInPackageAlready):
            packages.put_in(package, film, starts_on=date(2027, 1, 1), by=manager)

        assert packages.take_out(package, film, on=date(2026, 7, 1), by=manager) == 1
        assert packages.take_out(package, film, on=date(2026, 7, 1), by=manager) == 0
        packages.put_in(package, film, starts_on=date(2026, 7, 1), by=manager)

        assert [title.ends_on for title in package.titles.all()] == [date(2026, 6, 30), None]

    def test_a_title_that_was_to_come_never_was(self, center, provider, film, manager):
        package = packages.add(center, provider=provider, name="Wissensfilme", by=manager)
        packages.put_in(package, film, starts_on=date(2026, 8, 1), by=manager)

        assert packages.take_out(package, film, on=date(2026, 7, 1), by=manager) == 1
        assert not package.titles.exists()
