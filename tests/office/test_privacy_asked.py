"""What a person may ask for: to be told what is known, and to be forgotten."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.models import Loan, Reservation
from lending.reservations import cancel
from lending.returns import check, take_back
from office.disclosure import disclose
from office.errors import OpenBusiness
from office.privacy import erase
from people import access_tokens
from people.models import Contact, JournalEntry, User
from tests.canary import traces_in_database
from tests.lending.shorthand import NEXT_WEEK, at, reserve
from tests.office.conftest import EMAIL, NAME, WORDS

pytestmark = pytest.mark.django_db


def test_one_is_told_everything_that_names_one(klaus, addressed, cases, desk):
    reservation = reserve(cases, 1, NEXT_WEEK, addressed, klaus, purpose="Projektwoche")
    access_tokens.issue(klaus)

    told = disclose(klaus)

    words = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    assert {NAME, EMAIL, "Projektwoche", "Lehrkraft"} <= {part for part in words.split('"') if part}
    assert len(told[Reservation._meta.verbose_name]) == 1
    assert str(reservation.pk) not in told
    for secret in (klaus.password, klaus.token):
        assert secret not in words


def test_nobody_is_told_of_others(klaus, anna, addressed, cases):
    reserve(cases, 1, NEXT_WEEK, addressed, anna)

    assert "Anna" not in json.dumps(disclose(klaus), cls=DjangoJSONEncoder)


def test_who_still_has_something_is_not_forgotten(klara, addressed, cases, desk):
    lend(addressed, cases, desk, klara)

    with pytest.raises(OpenBusiness):
        erase(klara, by=desk, now=at(9))

    assert Contact.objects.filter(pk=klara.pk).exists()


def test_who_expects_something_is_not_forgotten(klaus, addressed, cases, desk):
    reservation = reserve(cases, 1, NEXT_WEEK, addressed, klaus)
    with pytest.raises(OpenBusiness):
        erase(klaus, by=klaus, now=at(5))

    cancel(reservation, by=klaus, now=at(5))
    erase(klaus, by=klaus, now=at(5))

    assert not User.objects.filter(pk=klaus.pk).exists()
    assert traces_in_database(*WORDS) == []


def test_a_contact_who_asks_is_forgotten_at_once(klara, addressed, cases, desk):
    item = lend(addressed, cases, desk, klara)
    check(take_back(item, by=desk, now=at(9)), by=desk, now=at(9))

    erase(klara, by=desk, now=at(9))

    assert traces_in_database(*WORDS) == []
    assert Loan.objects.get().institution == addressed
    assert JournalEntry.objects.filter(verb="person.erased", by=desk).exists()


def test_another_person_of_the_same_surname_keeps_their_name(klara, addressed, desk):
    Contact.objects.create(center=addressed.center, institution=addressed, name="Kurt Kanarienvogel")
    addressed.note = "Kurt Kanarienvogel hat den Schlüssel, Frau Kanarienvogel nicht."
    addressed.save()

    erase(klara, by=desk)

    addressed.refresh_from_db()
    assert addressed.note == "Kurt Kanarienvogel hat den Schlüssel, … nicht."


def test_a_name_like_a_pattern_takes_nothing_else_out(north, desk):
    odd = Contact.objects.create(center=north.center, institution=north, name="Dr. (A.*B) +")
    north.note = "AAAB bleibt. Dr. (A.*B) + geht."
    north.save()

    erase(odd, by=desk)

    north.refresh_from_db()
    assert "AAAB bleibt." in north.note


def lend(school, cases, desk, contact) -> Item:
    item = Item.objects.filter(product=cases).first()
    assert item
    hand_over_together(school, items=[item], by=desk, contact=contact, due_at=at(12), now=at(8))
    return item
