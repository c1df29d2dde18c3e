from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people import letters
from people.letters import writing
from people.models import Contact, Institution, Intent, Letter, Membership, User

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture
def anna_there(anna) -> Membership:
    return Membership.objects.get(user=anna)


@pytest.fixture
def carla_there(carla) -> Membership:
    return Membership.objects.get(user=carla)


@pytest.fixture
def addressed(north: Institution) -> Institution:
    """The north school, with the street that a paper letter needs."""
    north.street, north.postal_code, north.city = "Nordweg 1", "51371", "Musterstadt"
    north.save()
    return north


def remind(kind: str, about: Membership, to: User | Contact | None, product: str = "Bee-Bot Set") -> Intent:
    intent = letters.intend(kind, about, to, due_on=TODAY, product=product, due_at=NOW - timedelta(days=5))
    assert intent is not None
    return intent


def late(about: Membership, to: User | Contact | None, product: str = "Bee-Bot Set") -> Intent:
    return remind("overdue_1", about, to, product)


def due_soon(about: Membership, to: User) -> Intent:
    return remind("due_soon", about, to, "iPad-Koffer")


def test_one_letter_tells_one_person_everything_of_the_day(anna, anna_there, carla_there):
    late(anna_there, anna)
    late(carla_there, anna)
    due_soon(anna_there, anna)

    assert writing.write(now=NOW) == 1
    letter = Letter.objects.get()
    assert letter.subject == "Noch nicht zurück: Bee-Bot Set"
    assert letter.intents.count() == 3
    assert letter.address == "anna@nord.example"


def test_two_people_get_a_letter_each(anna, carla, anna_there):
    late(anna_there, anna)
    late(anna_there, carla)

    assert writing.write(now=NOW) == 2


def test_nothing_is_written_before_its_day(anna, anna_there):
    late(anna_there, anna)

    assert writing.write(now=NOW - timedelta(days=1)) == 0


def test_writing_twice_writes_once(anna, anna_there):
    late(anna_there, anna)

    assert [writing.write(now=NOW), writing.write(now=NOW)] == [1, 0]


def test_what_comes_later_that_day_still_joins_a_letter_that_has_not_gone_out(anna, anna_there):
    late(anna_there, anna)
    writing.write(now=NOW)
    due_soon(anna_there, anna)
    writing.write(now=NOW)

    assert Letter.objects.get().intents.count() == 2


def test_a_letter_that_tells_two_things_of_one_subject_is_dissolved_with_both(anna, anna_there):
    late(anna_there, anna)
    due_soon(anna_there, anna)
    writing.write(now=NOW)

    assert letters.withdraw(anna_there) == 2

    assert not Letter.objects.exists()


def test_what_comes_after_the_days_letter_went_out_waits_for_tomorrow(anna, anna_there):
    late(anna_there, anna)
    writing.write(now=NOW)
    Letter.objects.update(sent_at=NOW)
    due_soon(anna_there, anna)

    assert writing.write(now=NOW) == 0
    assert writing.write(now=NOW + timedelta(days=1)) == 1


def test_a_letter_whose_only_reason_fell_away_is_not_sent(anna, anna_there):
    late(anna_there, anna)
    writing.write(now=NOW)

    assert letters.withdraw(anna_there) == 1
    assert not Letter.objects.exists()


def test_a_letter_that_lost_one_of_its_reasons_is_written_anew(anna, anna_there, carla_there):
    late(anna_there, anna)
    late(carla_there, anna, "VR-Koffer")
    writing.write(now=NOW)
    letters.withdraw(anna_there)
    writing.write(now=NOW)

    assert Letter.objects.get().subject == "Noch nicht zurück: VR-Koffer"


def test_what_has_gone_out_stays_in_the_history(anna, anna_there):
    late(anna_there, anna)
    writing.write(now=NOW)
    Letter.objects.update(sent_at=NOW)

    assert letters.withdraw(anna_there) == 0
    assert Letter.objects.get().intents.count() == 1


def test_a_letter_that_a_worker_has_in_hand_counts_as_gone(anna, anna_there):
    late(anna_there, anna)
    writing.write(now=NOW)
    Letter.objects.update(claimed_until=NOW - timedelta(days=1))  # it died with it

    assert letters.withdraw(anna_there) == 0


def test_new_facts_are_written_into_a_letter_that_has_not_gone_out(anna, anna_there):
    late(anna_there, anna)
    writing.write(now=NOW)
    late(anna_there, anna, "VR-Koffer")
    writing.write(now=NOW)

    assert Letter.objects.get().subject == "Noch nicht zurück: VR-Koffer"


def test_a_contact_without_mail_gets_paper(addressed, anna_there):
    contact = Contact.objects.create(center=addressed.center, institution=addressed, name="Frau Kreide")
    late(anna_there, contact)
    writing.write(now=NOW)

    letter = Letter.objects.to_print().get()
    assert letter.address.splitlines() == ["Grundschule Nord", "Frau Kreide", "Nordweg 1", "51371 Musterstadt"]


def test_who_has_neither_mail_nor_street_is_called(north, anna_there):
    contact = Contact.objects.create(center=north.center, institution=north, name="Frau Kreide", phone="0214 99")
    late(anna_there, contact)
    writing.write(now=NOW)

    assert Letter.objects.to_call().get().address == "0214 99"


def test_the_second_reminder_goes_to_the_schools_office_for_information(anna, anna_there, north):
    remind("overdue_2", anna_there, anna)
    writing.write(now=NOW)

    letter = Letter.objects.get()
    assert letter.copy_to == north.email
    assert {"text": "Diese Nachricht geht zur Kenntnis auch an das Sekretariat Ihrer Schule."} in letter.body


def test_level_three_is_a_letter_of_its_own_on_paper_too_once_it_is_released(manager, addressed, anna_there):
    late(anna_there, None)
    notice = remind("overdue_3", anna_there, None)
    writing.write(now=NOW)
    assert not Letter.objects.filter(bundle="notice").exists()

    letters.release(notice, by=manager, now=NOW)
    writing.write(now=NOW)

    letter = Letter.objects.get(bundle="notice")
    assert (letter.channel, letter.is_on_paper) == ("mail", True)
    assert letter.intents.count() == 1


def test_one_letter_that_cannot_be_written_does_not_hold_the_others(anna, carla, anna_there):
    broken = late(anna_there, anna)
    Intent.objects.filter(pk=broken.pk).update(kind="of an older version")
    late(anna_there, carla)

    assert writing.write(now=NOW) == 1


def test_a_run_reads_how_a_centre_words_letters_once(center, north, anna, bert, carla):
    """However many recipients it has; each for itself would ask again."""
    for person in (anna, bert, carla):
        letters.intend("overdue_1", Membership.objects.get(user=person), person, product="Bee-Bot Set")

    with CaptureQueriesContext(connection) as asked:
        assert writing.write() == 3

    about_words = [it["sql"] for it in asked if "people_wording" in it["sql"] or "people_openinghours" in it["sql"]]
    assert len(about_words) == 2
