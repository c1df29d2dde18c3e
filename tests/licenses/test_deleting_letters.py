"""A school is asked in one letter, reminded twice, and left alone once it has said so."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from licenses import contracts, deleting, renewals
from licenses.deleting.refusals import NothingToDelete, TitlesWereAdded, ToldToday
from licenses.deleting.telling import next_reminder
from licenses.models import Deletion, DeletionTitle, Medium, Period, Renewal
from licenses.rights import Action
from people.letters import blocks, writing
from people.models import Intent, JournalEntry, Letter
from people.roles import Role
from tests.conftest import member, school

pytestmark = pytest.mark.django_db

FIRST, LAST_DAY = date(2028, 7, 1), date(2028, 7, 31)
COPYING = [Action.SHOW, Action.STREAM, Action.DOWNLOAD]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 40, tzinfo=ZoneInfo("Europe/Berlin"))


def night(center, day: date) -> None:
    for batch in deleting.batches(center):
        deleting.ask(center, batch, now=at(day))
    for deletion in deleting.due(day):
        deleting.tell(deletion, now=at(day))
    writing.write(now=at(day) + timedelta(minutes=1))


def words() -> list[str]:
    return [" ".join(blocks.as_text(letter.body).split()) for letter in Letter.objects.order_by("pk")]


@pytest.fixture
def given_up(entitled, period, north, manager) -> Period:
    entitled(permitted=COPYING)
    return contracts.decide(period, renewal=Renewal.END, by=manager)


@pytest.fixture
def deletion(center, given_up) -> Deletion:
    """Asked on the first of July, and told."""
    night(center, FIRST)
    return Deletion.objects.get()


class TestTheLetter:
    def test_it_asks_as_agreed(self, deletion):
        (text,) = words()

        assert Letter.objects.get().subject == "Bitte Kopien löschen: Der Wasserkreislauf"
        assert (
            "Die Lizenz für „Der Wasserkreislauf“ endet am 31.7.2028. Danach dürfen Sie den Film nicht mehr zeigen. "
            "Bitte löschen Sie heruntergeladene Kopien, auch auf Schulservern. Gelöscht oder nie gespeichert: http"
            in text
        )
        assert "Ein Klick genügt für die ganze Schule." in text

    def test_the_link_is_a_key_of_its_reader(self, deletion):
        (link,) = (block for block in Letter.objects.get().body if "url" in block)

        assert link["is_key"]

    def test_a_school_without_coordination_gets_it_at_its_official_address(self, deletion, north):
        assert Letter.objects.get().address == north.email

    def test_coordinators_get_it_where_there_are_some(self, center, given_up, carla, anna, north):
        other = member("kurt@nord.example", "Kurt Klug", Role.COORDINATOR, north)

        night(center, FIRST)

        assert set(Letter.objects.values_list("address", flat=True)) == {carla.email, other.email}

    def test_all_titles_of_a_month_are_one_letter(self, center, provider, entitled, given_up, north):
        films = [Medium.objects.create(center=center, provider=provider, title=f"Film {n}", kind="dvd") for n in "BA"]
        for film in films:
            entitled(medium=film, permitted=COPYING)

        night(center, FIRST)

        (text,) = words()
        assert "- „Der Wasserkreislauf“: 31.7.2028 - „Film A“: 31.7.2028 - „Film B“: 31.7.2028" in text

    def test_hundreds_are_counted(self, center, provider, entitled, given_up, north):
        media = (Medium(center=center, provider=provider, title=f"Film {n:02}", kind="dvd") for n in range(60))
        for film in Medium.objects.bulk_create(media):
            entitled(medium=film, permitted=COPYING)

        night(center, FIRST)

        assert "- und 21 weitere Titel" in words()[0]

    def test_when_it_is_over_it_says_so(self, center, entitled, north):
        entitled(permitted=COPYING)

        night(center, date(2028, 8, 1))

        assert "ist am 31.7.2028 abgelaufen. Bitte zeigen Sie den Film nicht mehr." in words()[0]

    def test_who_reads_paper_gets_no_link_but_the_number(self, center, given_up, north):
        north.channel, north.street, north.postal_code, north.city = "print", "Weg 1", "51373", "Musterstadt"
        north.save()

        night(center, FIRST)

        letter = Letter.objects.get()
        assert letter.is_on_paper
        assert not any("url" in block for block in letter.body)
        assert "am Telefon: 0214 123" in words()[0]
        assert "Klick" not in words()[0]


class TestReminders:
    def test_two_of_them_after_the_end(self, center, deletion):
        days = []
        for day in (FIRST + timedelta(days=ahead) for ahead in range(1, 80)):
            before = Intent.objects.count()
            night(center, day)
            if Intent.objects.count() > before:
                days.append(day)

        assert days == [date(2028, 8, 14), date(2028, 8, 28)]
        assert "Darum haben wir Sie am 1. Juli schon einmal gebeten" in words()[-1]

    def test_a_night_that_was_missed_is_made_up_for_once(self, center, deletion):
        night(center, date(2028, 8, 30))

        deletion.refresh_from_db()
        assert (deletion.times_told, deletion.due_on) == (2, None)

    @pytest.mark.parametrize(
        ("end", "asked", "today", "expected"),
        [
            (LAST_DAY, FIRST, FIRST, date(2028, 8, 14)),
            (LAST_DAY, FIRST, date(2028, 8, 14), date(2028, 8, 28)),
            (LAST_DAY, FIRST, date(2028, 8, 28), None),
            (LAST_DAY, date(2028, 10, 1), date(2028, 10, 1), date(2028, 10, 15)),
        ],
    )
    def test_they_count_from_the_end_or_from_a_late_letter(self, end, asked, today, expected):
        assert next_reminder(end, asked, today) == expected

    def test_the_night_twice_tells_once(self, center, deletion):
        night(center, FIRST)
        assert not deleting.tell(deletion, now=at(FIRST))

        assert Intent.objects.count() == Letter.objects.count() == 1

    def test_at_once_if_somebody_wants_that_once_a_day(self, deletion, desk):
        deleting.remind(deletion, by=desk, now=at(date(2028, 8, 3)))

        with pytest.raises(ToldToday):
            deleting.remind(deletion, by=desk, now=at(date(2028, 8, 3)))
        deletion.refresh_from_db()
        assert (deletion.times_told, deletion.due_on) == (2, date(2028, 8, 14))
        assert JournalEntry.objects.get(verb="deletion.reminded").by == desk


class TestConfirming:
    def test_then_nobody_is_written_to(self, center, deletion, carla):
        Letter.objects.update(sent_at=at(FIRST))
        deleting.confirm(deletion, by=carla, now=at(date(2028, 7, 3)))

        for day in (LAST_DAY, date(2028, 8, 14), date(2028, 8, 28)):
            night(center, day)

        assert Letter.objects.count() == 1

    def test_a_letter_that_has_not_gone_out_is_taken_back(self, center, deletion, carla):
        deleting.confirm(deletion, by=carla)

        assert not Letter.objects.exists(), "it had not been sent"
        assert not Intent.objects.current().exists()

    @pytest.mark.parametrize(
        ("who", "how"), [(None, "link"), ("carla", "account"), ("desk", "phone"), ("manager", "phone")]
    )
    def test_it_says_how(self, request, deletion, who, how):
        by = request.getfixturevalue(who) if who else None

        deleting.confirm(deletion, by=by)

        deletion.refresh_from_db()
        assert (deletion.confirmed_how, deletion.confirmed_by, deletion.due_on) == (how, by, None)
        entry = JournalEntry.objects.get(verb="deletion.confirmed")
        assert (entry.by, entry.facts) == (by, {"how": how, "titles": 1})

    def test_the_first_word_stands(self, deletion, carla, desk):
        deleting.confirm(deletion, by=carla, now=at(date(2028, 7, 3)))
        deleting.confirm(deletion, by=desk, now=at(date(2028, 7, 4)))

        deletion.refresh_from_db()
        assert (deletion.confirmed_by, deletion.confirmed_at) == (carla, at(date(2028, 7, 3)))

    def test_only_what_was_shown(self, center, deletion, provider, entitled):
        seen = deletion.titles.get().pk
        entitled(
            medium=Medium.objects.create(center=center, provider=provider, title="Neu", kind="dvd"), permitted=COPYING
        )
        night(center, FIRST + timedelta(days=1))

        with pytest.raises(TitlesWereAdded):
            deleting.confirm(deletion, by=None, seen=seen)

        assert Letter.objects.count() == 2, "the new title is told at once"

    def test_nothing_where_nothing_is_left(self, deletion, given_up, manager):
        renewals.renew(given_up, by=manager, now=at(date(2028, 7, 10)))

        with pytest.raises(NothingToDelete):
            deleting.confirm(deletion, by=None)
        with pytest.raises(NothingToDelete):
            deleting.remind(deletion, by=manager)


class TestRenewal:
    def test_takes_back_what_has_not_gone_out(self, deletion, given_up, manager):
        renewals.renew(given_up, by=manager, now=at(date(2028, 7, 10)))

        deletion.refresh_from_db()
        assert (Letter.objects.count(), deletion.due_on, deletion.titles.count()) == (0, None, 0)
        assert not Deletion.objects.open().exists()

    def test_what_is_left_is_told_again_as_it_is(
        self, center, provider, deletion, given_up, contract, entitled, manager
    ):
        """Of two contracts that end one is renewed before the letter has gone out."""
        other = contract.__class__.objects.create(center=center, provider=provider, number="9", title="Kurz")
        period = Period.objects.create(center=center, contract=other, starts_on=date(2028, 1, 1), ends_on=LAST_DAY)
        film = Medium.objects.create(center=center, provider=provider, title="Die Wolke", kind="dvd")
        entitled(period=period, medium=film, permitted=COPYING)
        contracts.decide(period, renewal=Renewal.END, by=manager)
        night(center, FIRST + timedelta(days=1))
        assert "Die Wolke" in words()[-1]

        renewals.renew(period, by=manager, now=at(date(2028, 7, 3)))
        writing.write(now=at(date(2028, 7, 3)))

        assert all("Die Wolke" not in text for text in words())
        assert any("Wasserkreislauf" in text for text in words())


def test_statements_do_not_grow_with_schools_and_titles(
    center, given_up, provider, entitled, django_assert_max_num_queries
):
    for number in range(3, 43):
        school(center, f"Schule {number}", f"1{number:05}")
    media = Medium.objects.bulk_create(
        Medium(center=center, provider=provider, title=f"Film {number}", kind="online_film") for number in range(30)
    )
    for film in media:
        entitled(medium=film, permitted=COPYING)

    (batch,) = deleting.batches(center)
    with django_assert_max_num_queries(20):
        deleting.ask(center, batch, now=at(FIRST))

    assert DeletionTitle.objects.count() == 41 * 31
