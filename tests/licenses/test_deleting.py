"""What ends is asked back: of whom, of what, when; and no longer when it goes on after all."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from licenses import contracts, deleting, packages, renewals, seats
from licenses.decisions import decide
from licenses.models import Contract, Deletion, DeletionTitle, Medium, Package, Period, Renewal, Scope, ScopeInstitution
from licenses.rights import Action
from people.models import Center, Institution

pytestmark = pytest.mark.django_db

LAST_DAY = date(2028, 7, 31)
COPYING = [Action.SHOW, Action.STREAM, Action.DOWNLOAD]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 40, tzinfo=ZoneInfo("Europe/Berlin"))


def night(center: Center, day: date) -> None:
    for batch in deleting.batches(center):
        deleting.ask(center, batch, now=at(day))


def asked() -> set[tuple[str, str, date]]:
    rows = DeletionTitle.objects.filter(deletion__confirmed_at=None).select_related("institution", "medium")
    return {(str(row.institution), str(row.medium), row.ends_on) for row in rows}


NORTH, SOUTH = (
    ("Grundschule Nord", "Der Wasserkreislauf", LAST_DAY),
    ("Gymnasium Süd", "Der Wasserkreislauf", LAST_DAY),
)


@pytest.fixture
def copied(entitled, north, south):
    """Both schools may download the film until 31 July 2028."""
    return entitled(permitted=COPYING)


@pytest.fixture
def given_up(copied, period, manager) -> Period:
    return contracts.decide(period, renewal=Renewal.END, by=manager)


class TestWhen:
    def test_at_the_beginning_of_the_month_if_somebody_gave_it_up(self, center, given_up):
        night(center, date(2028, 6, 30))
        assert asked() == set()

        night(center, date(2028, 7, 1))
        assert asked() == {NORTH, SOUTH}

    def test_where_nobody_decided_when_the_last_day_is_over(self, center, copied):
        night(center, LAST_DAY)
        assert asked() == set()

        night(center, date(2028, 8, 1))
        assert asked() == {NORTH, SOUTH}

    def test_then_the_title_is_closed(self, copied, film, anna, north):
        assert decide(anna, north, film, Action.DOWNLOAD, at=at(LAST_DAY)).is_allowed
        assert decide(anna, north, film, Action.DOWNLOAD, at=at(date(2028, 8, 1))).reason == "EXPIRED"

    def test_one_row_a_school_and_month(self, center, given_up):
        night(center, date(2028, 7, 1))

        assert sorted(map(str, Deletion.objects.all())) == ["Grundschule Nord 07/2028", "Gymnasium Süd 07/2028"]
        assert set(Deletion.objects.values_list("due_on", flat=True)) == {date(2028, 7, 1)}

    def test_every_night_again_changes_nothing(self, center, given_up):
        night(center, date(2028, 7, 1))
        first = list(DeletionTitle.objects.values_list("pk", flat=True))

        for day in (1, 2, 31):
            night(center, date(2028, 7, day))

        assert list(DeletionTitle.objects.values_list("pk", flat=True)) == first

    def test_what_ended_long_ago_is_history(self, center, copied):
        """90 days after the end is 29 October."""
        night(center, date(2028, 10, 30))
        assert asked() == set()

        night(center, date(2028, 10, 29))
        assert asked() == {NORTH, SOUTH}
        night(center, date(2029, 5, 1))
        assert asked() == {NORTH, SOUTH}, "what is asked stays asked"

    def test_not_while_it_goes_on(self, center, copied, contract, period, manager):
        contracts.edit(contract, renews_itself=True, renewal_months=12, by=manager)

        night(center, date(2028, 8, 1))

        assert asked() == set()


class TestWhat:
    def test_nothing_where_no_copy_was_allowed(self, center, entitled, north):
        entitled(permitted=[Action.SHOW, Action.STREAM])

        night(center, date(2028, 8, 1))

        assert asked() == set()

    @pytest.mark.parametrize("action", [Action.DOWNLOAD, Action.INTRANET, Action.PUPIL_DOWNLOAD])
    def test_whichever_copy_was_allowed(self, center, entitled, north, action):
        entitled(permitted=[action])

        night(center, date(2028, 8, 1))

        assert asked() == {NORTH}

    def test_only_where_it_was_allowed(self, center, entitled, north, south):
        named = Scope.objects.create(center=center, name="Nord")
        ScopeInstitution.objects.create(center=center, scope=named, institution=north)
        entitled(permitted=COPYING, scopes=(named,))

        night(center, date(2028, 8, 1))

        assert asked() == {NORTH}

    def test_only_where_a_seat_was_given(self, center, entitled, north, south, manager):
        counted = entitled(permitted=COPYING, capacity_kind="schools", capacity=3)
        seat = seats.assign(counted, to=south, by=manager)
        seats.release(seat, by=manager)

        night(center, date(2028, 8, 1))

        assert asked() == {SOUTH}, "whoever had one may have copies"

    def test_a_title_that_leaves_a_package(self, center, provider, entitled, film, north, manager):
        package = packages.add(center, provider=provider, name="Wissensfilme", by=manager)
        packages.put_in(package, film, starts_on=date(2024, 1, 1), by=manager)
        entitled(medium=None, package=package, permitted=COPYING)
        packages.take_out(package, film, on=date(2026, 12, 16), by=manager)

        night(center, date(2026, 11, 30))
        assert asked() == set()
        night(center, date(2026, 12, 1))
        assert asked() == {("Grundschule Nord", "Der Wasserkreislauf", date(2026, 12, 15))}

    def test_every_title_of_a_package_that_ends(self, center, provider, entitled, film, north):
        package = Package.objects.create(center=center, provider=provider, name="Wissensfilme")
        package.titles.create(center=center, medium=film, starts_on=date(2024, 1, 1))
        entitled(medium=None, package=package, permitted=COPYING)

        night(center, date(2028, 8, 1))

        assert asked() == {NORTH}

    def test_a_centre_asks_its_own_schools_and_not_itself(self, center, copied, neighbor, foreign_school):
        Institution.objects.create(center=center, kind="internal", name="Medienzentrum")

        night(center, date(2028, 8, 1))
        night(neighbor, date(2028, 8, 1))

        assert asked() == {NORTH, SOUTH}


class TestWhoMayKeepIt:
    @pytest.fixture
    def another(self, entitled, contract, provider):
        def write(starts_on, ends_on=None, **facts):
            other = Contract.objects.create(
                center=contract.center, provider=provider, number="2028-01", title="Landeslizenz"
            )
            period = Period.objects.create(center=contract.center, contract=other, starts_on=starts_on, ends_on=ends_on)
            return entitled(period=period, **{"permitted": COPYING} | facts)

        return write

    def test_another_right_to_copy_covers_it(self, center, copied, another):
        another(date(2028, 1, 1))

        night(center, date(2028, 8, 1))

        assert asked() == set()

    def test_a_right_to_show_does_not_but_is_told(self, center, copied, another):
        another(date(2028, 1, 1), permitted=[Action.SHOW])

        night(center, date(2028, 8, 1))

        assert asked() == {NORTH, SOUTH}
        assert set(DeletionTitle.objects.values_list("may_show", flat=True)) == {True}

    def test_the_last_of_two_ends_counts(self, center, copied, another):
        another(date(2028, 1, 1), date(2028, 8, 10))

        night(center, date(2028, 8, 5))
        assert asked() == set()
        night(center, date(2028, 8, 11))
        assert {row[2] for row in asked()} == {date(2028, 8, 10)}

    def test_only_where_the_other_one_holds(self, center, copied, another, south):
        named = Scope.objects.create(center=center, name="Süd")
        ScopeInstitution.objects.create(center=center, scope=named, institution=south)
        another(date(2028, 1, 1), scopes=(named,))

        night(center, date(2028, 8, 1))

        assert asked() == {NORTH}

    def test_history_stays_history_beside_what_ends_now(self, center, copied, another, south):
        """South's right ended a year before that of the whole town, which somebody narrowed to the north."""
        named = Scope.objects.create(center=center, name="Süd")
        ScopeInstitution.objects.create(center=center, scope=named, institution=south)
        another(date(2026, 8, 1), date(2027, 7, 31), scopes=(named,))
        copied.scopes.all().update(school_forms=["02"])
        Institution.objects.exclude(pk=south.pk).update(school_form="02")

        night(center, date(2028, 8, 1))

        assert asked() == {NORTH}

    def test_renewed_at_once(self, center, given_up, manager):
        night(center, date(2028, 7, 1))

        renewals.renew(given_up, by=manager, now=at(date(2028, 7, 10)))

        assert asked() == set()
        assert not Deletion.objects.exists(), "nobody had been told"

    def test_renewed_late_and_told_by_another_contract(self, center, copied, another):
        night(center, date(2028, 8, 1))
        another(date(2028, 9, 1))

        night(center, date(2028, 8, 20))
        assert asked() == {NORTH, SOUTH}
        night(center, date(2028, 9, 1))
        assert asked() == set()

    def test_what_was_renewed_and_ends_again_is_asked_again(self, center, given_up, manager):
        night(center, date(2028, 7, 1))
        deletion = Deletion.objects.get(institution__name="Grundschule Nord")
        deleting.confirm(deletion, by=None)
        coming = renewals.renew(given_up, by=manager, now=at(date(2028, 7, 10)))
        contracts.decide(coming, renewal=Renewal.END, by=manager)

        night(center, coming.ends_on)

        assert asked() == {(*NORTH[:2], coming.ends_on), (*SOUTH[:2], coming.ends_on)}

    def test_a_corrected_end_moves_the_request(self, center, given_up, period, manager):
        night(center, date(2028, 7, 1))

        contracts.change_period(
            period, starts_on=period.starts_on, ends_on=date(2028, 7, 15), cost=period.cost, by=manager
        )
        night(center, date(2028, 7, 2))

        assert {row[2] for row in asked()} == {date(2028, 7, 15)}

    def test_an_end_that_moves_within_the_month_stays_in_the_request(self, center, given_up):
        night(center, date(2028, 7, 1))
        asked_before = set(Deletion.objects.values_list("pk", flat=True))
        Period.objects.update(ends_on=date(2028, 7, 15))

        night(center, date(2028, 7, 2))

        assert {row[2] for row in asked()} == {date(2028, 7, 15)}
        assert set(Deletion.objects.values_list("pk", flat=True)) == asked_before

    def test_a_closed_school_is_not_asked_any_more(self, center, given_up, north):
        night(center, date(2028, 7, 1))
        north.closed_on = date(2028, 7, 2)
        north.save()

        night(center, date(2028, 7, 3))

        assert asked() == {SOUTH}


def test_what_comes_after_a_confirmation_is_a_request_of_its_own(center, given_up, provider, entitled, north, manager):
    night(center, date(2028, 7, 1))
    deleting.confirm(Deletion.objects.get(institution=north), by=None)
    other = Contract.objects.create(center=center, provider=provider, number="9", title="Kurz")
    period = Period.objects.create(
        center=center, contract=other, starts_on=date(2028, 1, 1), ends_on=date(2028, 7, 20), renewal="open"
    )
    film = Medium.objects.create(center=center, provider=provider, title="Die Wolke", kind="online_film")
    entitled(period=period, medium=film, permitted=COPYING)

    night(center, date(2028, 7, 21))

    titles = DeletionTitle.objects.filter(institution=north).order_by("pk")
    assert [(str(it), it.deletion.confirmed_at is None) for it in titles] == [
        ("Der Wasserkreislauf", False),
        ("Die Wolke", True),
    ]
