"""Addresses that a mail server refused for good: flagged with the code, passed over, and forgiven when they change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from people import contacts, letters, mailboxes
from people.letters import claiming, sending, writing
from people.letters.addressing import recipient_of
from people.letters.status import blames_address, status_of
from people.models import Contact, Institution, JournalEntry, Letter, Membership, User
from tests.sink import Sink

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
DEAD = {"mail_refused_at": NOW, "mail_refused_with": "5.1.1"}


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def tell(person: User, *, kind: str = "overdue_2") -> Letter:
    about = Membership.objects.get(user=person)
    letters.intend(kind, about, person, due_on=NOW.date(), product="Bee-Bot Set", due_at=NOW, until_on=NOW.date())
    writing.write(now=NOW)
    return Letter.objects.get(user=person)


def test_a_refused_address_is_flagged_with_the_code_and_nothing_else(sink, anna, north):
    letter = tell(anna)
    sink.refused = {"anna@nord.example": "550 5.1.1 <anna@nord.example>: Anna Amsel arbeitet hier nicht mehr"}
    sending.send(now=NOW)

    anna.refresh_from_db()
    assert (anna.mail_refused_at, anna.mail_refused_with) == (NOW, "5.1.1")
    entry = JournalEntry.objects.get(verb="mail.refused")
    assert (entry.subject_type, entry.subject_id, entry.facts) == ("people.user", anna.pk, {"code": "5.1.1"})
    letter.refresh_from_db()
    assert "Amsel" not in letter.trouble


def test_a_refused_copy_flags_the_school_and_the_letter_arrives(sink, anna, north):
    tell(anna)
    sink.refused = {"100001@schule.example": "553 unknown"}

    assert sending.send(now=NOW) == 1
    north.refresh_from_db()
    assert north.mail_refused_with == "553"


@pytest.mark.parametrize(
    "answer", ["450 later", "550 5.7.1 relaying denied", "554 looks like spam", "530 sign in first"]
)
def test_a_server_that_is_busy_or_does_not_want_us_flags_nobody(sink, anna, answer):
    letter = tell(anna)
    sink.refused = {"anna@nord.example": answer}
    sending.send(now=NOW)

    anna.refresh_from_db()
    letter.refresh_from_db()
    assert not anna.is_mail_refused
    assert (letter.address, letter.not_before) == ("anna@nord.example", NOW + timedelta(minutes=1))


def test_the_next_letter_goes_to_the_school_at_once(sink, anna):
    User.objects.filter(pk=anna.pk).update(**DEAD)
    letter = tell(User.objects.get(pk=anna.pk))

    assert (letter.address, letter.copy_to) == ("100001@schule.example", "")
    assert "zur Kenntnis" not in str(letter.body)
    assert sending.send(now=NOW) == 1


def test_with_a_dead_address_at_the_school_too_it_is_printed(anna, north):
    User.objects.filter(pk=anna.pk).update(**DEAD)
    Institution.objects.update(**DEAD, street="Am Friedenspark 1")

    assert tell(User.objects.get(pk=anna.pk)).channel == "print"


def test_without_street_and_addresses_somebody_calls(anna):
    User.objects.filter(pk=anna.pk).update(**DEAD)
    Institution.objects.update(**DEAD)

    assert tell(User.objects.get(pk=anna.pk)).channel == "phone"


def test_a_courtesy_bothers_nobody_else(anna):
    User.objects.filter(pk=anna.pk).update(**DEAD)

    assert letters.intend("activated", Membership.objects.get(user=anna), User.objects.get(pk=anna.pk)) is None


@pytest.mark.parametrize("model", [User, Contact, Institution])
def test_another_address_has_not_been_refused_however_it_came(anna, north, model):
    Contact.objects.create(center=north.center, institution=north, name="Klara", email="klara@nord.example")
    model.objects.update(**DEAD)
    model.objects.update(email="neu@nord.example")

    assert not model.objects.get().is_mail_refused


def test_the_same_address_in_other_letters_and_other_facts_keep_the_flag(north, desk):
    klara = Contact.objects.create(center=north.center, institution=north, name="K", email="k@nord.example", **DEAD)

    assert contacts.edit(klara, by=desk, email="K@nord.example", phone="123").is_mail_refused


def test_somebody_says_that_the_address_is_right(north, desk):
    klara = Contact.objects.create(center=north.center, institution=north, name="K", email="k@nord.example", **DEAD)
    assert [mailboxes.trust(klara, by=desk).is_mail_refused for _ in range(2)] == [False, False]

    klara.refresh_from_db()
    assert recipient_of(klara, north).mail_address == "k@nord.example"
    assert JournalEntry.objects.filter(verb="mail.trusted", by=desk).count() == 1


@pytest.mark.parametrize(
    "facts", [{"mail_refused_at": NOW}, {"mail_refused_with": "550"}, {**DEAD, "mail_refused_with": "no"}]
)
def test_no_flag_without_its_code(north, facts):
    with pytest.raises(IntegrityError, match="institution_mail_is_refused_with_a_code"), transaction.atomic():
        Institution.objects.update(**facts)


def test_a_bounce_that_was_quicker_than_the_note_is_not_forgotten(anna):
    """Negative control of ``note_sent``: the letter went another way while the worker still had it in hand."""
    letter = tell(anna)
    in_hand = claiming.claim(now=NOW)
    Letter.objects.update(address="100001@schule.example", claimed_until=None)
    claiming.note_sent(in_hand, now=NOW)

    letter.refresh_from_db()
    assert letter.sent_at is None


@pytest.mark.parametrize(
    ("code", "answer", "status", "blamed"),
    [
        (550, b"5.1.1 unknown", "5.1.1", True),
        (550, b"unknown", "550", True),
        (552, b"5.2.2 over quota", "5.2.2", True),
        (550, b"5.7.1 denied", "5.7.1", False),
        (550, b"5.1.8 bad sender", "5.1.8", False),
        (554, b"no", "554", False),
        (530, b"authenticate", "530", False),
        (550, b"5.1.11111 nonsense", "550", True),
    ],
)
def test_what_a_refusal_says_of_the_address(code, answer, status, blamed):
    assert (status_of(code, answer), blames_address(status)) == (status, blamed)
