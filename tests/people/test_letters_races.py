"""Two at once, on real connections."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import OperationalError

from people import letters
from people.letters import claiming, withdrawing, writing
from people.models import Contact, Institution, Intent, Letter
from tests.races import meeting, together

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = NOW.date()

pytestmark = pytest.mark.django_db(transaction=True)


def people_of(school: Institution, count: int) -> list[Contact]:
    return Contact.objects.bulk_create(
        Contact(center=school.center, institution=school, name="N", channel="mail", email=f"{n}@nord.example")
        for n in range(count)
    )


def remind(contact: Contact, number: int = 0) -> None:
    letters.intend("overdue_1", contact, contact, step=number, due_on=TODAY, product="Bee-Bot Set", due_at=NOW)


def test_eight_intents_at_once_are_one(north):
    contact = people_of(north, 1)[0]

    outcomes = together(*[partial(remind, contact)] * 8)

    assert outcomes == [None] * 8
    assert Intent.objects.count() == 1


def test_four_writers_at_once_write_each_letter_once(north):
    for contact in people_of(north, 6):
        remind(contact, 0)
        remind(contact, 1)

    written = together(*[partial(writing.write, now=NOW)] * 4)

    assert sum(written) == Letter.objects.count() == 6
    assert not Intent.objects.unwritten().exists()


def test_four_workers_at_once_take_different_letters(north):
    for contact in people_of(north, 4):
        remind(contact)
    writing.write(now=NOW)

    taken = together(*[partial(claiming.claim, now=NOW)] * 4)

    assert {letter.pk for letter in taken} == set(Letter.objects.values_list("pk", flat=True))


def test_a_letter_is_either_withdrawn_or_taken_never_both(north):
    for _ in range(8):
        contact = people_of(north, 1)[0]
        remind(contact)
        writing.write(now=NOW)

        withdrawn, taken = together(partial(letters.withdraw, contact), partial(claiming.claim, now=NOW))

        assert (withdrawn == 1) != (taken is not None)
        Letter.objects.update(sent_at=NOW)


def bundled(north, count: int) -> list[Contact]:
    """One letter that tells one person of several things."""
    about = people_of(north, count)
    for contact in about:
        letters.intend("activated", contact, north)
    writing.write(now=NOW)
    assert Letter.objects.count() == 1
    return about


def test_two_who_withdraw_from_one_letter_never_deadlock(north):
    for _time in range(5):
        Letter.objects.all().delete()
        Intent.objects.all().delete()
        about = bundled(north, 4)

        assert together(*[partial(letters.withdraw, contact) for contact in about]) == [1] * 4


def test_one_intent_after_the_other_would_deadlock(monkeypatch, north):
    """The negative control: each locks its own intent, then the letter, and so the other's."""
    about = bundled(north, 2)
    alone = meeting(2, lambda mine: list(mine.order_by("pk").select_for_update(no_key=True)))
    monkeypatch.setattr(withdrawing, "_with_their_letters", alone)

    outcomes = together(*[partial(letters.withdraw, contact) for contact in about])

    assert [type(it) for it in outcomes if it != 1] == [OperationalError]


def test_who_writes_the_letter_of_the_day_anew_and_who_withdraws_from_it_never_deadlock(north):
    for _time in range(5):
        Letter.objects.all().delete()
        Intent.objects.all().delete()
        about = people_of(north, 4)
        for contact in about[:3]:
            letters.intend("overdue_1", contact, north, due_on=TODAY, product="Bee-Bot Set", due_at=NOW)
        writing.write(now=NOW)
        late = letters.intend("overdue_1", about[3], north, due_on=TODAY, product="VR-Koffer", due_at=NOW)

        withdrawing = [partial(letters.withdraw, contact) for contact in about[:3]]
        outcomes = together(partial(writing.write_to, late.recipient, now=NOW), *withdrawing)

        assert outcomes[0] in (0, 1)  # beside a withdrawal it may be the next run that writes
        assert outcomes[1:] == [1] * 3
        writing.write(now=NOW)
        assert list(Letter.objects.get().intents.all()) == [late]
