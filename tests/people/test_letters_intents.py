from datetime import date

import pytest
from django.utils import timezone

from people import letters
from people.models import Contact, Intent, Membership

NOW = timezone.now()


@pytest.fixture
def membership(anna) -> Membership:
    """Something of the north school that letters can be about."""
    return Membership.objects.get(user=anna)


def test_a_person_is_told_a_thing_only_once(membership, anna):
    letters.intend("reservation_approved", membership, anna, number="R-1")
    letters.intend("reservation_approved", membership, anna, number="R-1")

    assert Intent.objects.count() == 1


def test_what_happens_again_counts_in_the_step(membership, anna):
    letters.intend("renewed", membership, anna, step=1)
    letters.intend("renewed", membership, anna, step=2)

    assert Intent.objects.count() == 2


def test_asking_again_refreshes_what_has_not_gone_out(membership, anna):
    letters.intend("due_soon", membership, anna, due_on=date(2026, 11, 24), due_at=NOW)
    letters.intend("due_soon", membership, anna, due_on=date(2026, 11, 25), due_at=None)

    intent = Intent.objects.get()
    assert (intent.due_on, intent.facts) == (date(2026, 11, 25), {"due_at": None})


def test_without_a_person_the_institution_is_told(membership, north):
    letters.intend("reservation_ready", membership, None)

    intent = Intent.objects.get()
    assert (intent.user, intent.contact, intent.institution) == (None, None, north)


def test_instead_of_somebody_who_left_the_institution_is_told(membership, north, anna):
    anna.left_at = NOW
    contact = Contact(center=north.center, institution=north, name="Herr Fort", left_on=date(2026, 1, 1))

    for gone in (anna, contact):
        letters.intend("reservation_ready", membership, gone)
        intent = Intent.objects.get()
        assert (intent.user, intent.contact, intent.institution) == (None, None, north)


def test_a_courtesy_is_worth_a_mail_but_no_paper_and_no_call(membership, north):
    contact = Contact.objects.create(center=north.center, institution=north, name="Frau Kreide", channel="phone")

    assert letters.intend("handed_over", membership, contact) is None
    assert letters.intend("reservation_ready", membership, contact) is not None


def test_a_level_three_letter_waits_for_a_person(membership):
    letters.intend("overdue_3", membership, None, due_on=date(2026, 11, 24))

    assert Intent.objects.to_release().count() == 1
    assert not Intent.objects.due(date(2026, 11, 24)).exists()


def test_withdrawing_counts_what_will_not_go_out(membership, anna, carla):
    letters.intend("due_soon", membership, anna)
    letters.intend("due_soon", membership, carla)
    letters.intend("reservation_ready", membership, anna)

    assert letters.withdraw(membership, "due_soon", now=NOW) == 2
    assert [intent.kind for intent in Intent.objects.current()] == ["reservation_ready"]


def test_after_withdrawing_the_same_thing_can_be_told_again(membership, anna):
    letters.intend("due_soon", membership, anna)
    letters.withdraw(membership)
    letters.intend("due_soon", membership, anna)

    assert Intent.objects.count() == 2
    assert Intent.objects.current().count() == 1


def test_an_unknown_kind_is_refused(membership, anna):
    with pytest.raises(KeyError):
        letters.intend("gossip", membership, anna)
