"""A colleague takes over; and what is asked for before activation."""

import pytest

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.models import Loan, State
from lending.refusals import NotThere
from lending.reservations import approve
from lending.responsibility import hand_over_responsibility
from people.memberships import activate, ask_to_join
from people.models import Contact, JournalEntry, User
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


def test_a_colleague_takes_over_what_is_out_and_what_is_to_come(cases, case, north, anna, carla, desk):
    coming = reserve(cases, 1, NEXT_WEEK, north, anna)
    lend(case, north, desk, responsible=anna)

    assert hand_over_responsibility(anna, carla, north, by=carla, now=at(4)) == 2

    coming.refresh_from_db()
    assert coming.responsible == carla
    assert Loan.objects.get().responsible == carla
    entry = JournalEntry.objects.get(verb="responsibility.handed_over")
    assert (entry.by, entry.person, entry.facts["loans"]) == (carla, carla, [Loan.objects.get().pk])


def test_what_is_over_stays_with_whom_it_was(cases, north, anna, carla):
    past = reserve(cases, 1, NEXT_WEEK, north, anna)

    assert hand_over_responsibility(anna, carla, north, by=carla, now=at(20)) == 0

    past.refresh_from_db()
    assert past.responsible == anna


def test_a_contact_may_take_over(case, north, anna, desk):
    lend(case, north, desk, responsible=anna)
    sommer = Contact.objects.create(center=north.center, institution=north, name="Frau Sommer")

    hand_over_responsibility(anna, sommer, north, by=desk, now=at(4))

    loan = Loan.objects.get()
    assert (loan.responsible, loan.contact) == (None, sommer)


def test_nobody_of_another_school_takes_over(case, north, anna, bert, desk):
    lend(case, north, desk, responsible=anna)

    with pytest.raises(NotThere):
        hand_over_responsibility(anna, bert, north, by=desk, now=at(4))

    assert Loan.objects.get().responsible == anna


def test_a_request_before_activation_holds_nothing(case, north, south, anna, bert, carla):
    mia = User.objects.create_user("mia@nord.example", name="Mia Meise")
    membership = ask_to_join(north, by=mia)

    submitted = reserve(case, 1, NEXT_WEEK, north, mia)
    assert submitted.state == State.SUBMITTED
    assert reserve(case, 1, NEXT_WEEK, south, bert).state == State.APPROVED

    activate(membership, by=carla)
    mia = User.objects.get(pk=mia.pk)  # memberships are read once a request
    assert reserve(case, 1, (at(15), at(19)), north, mia).state == State.APPROVED


def test_who_waits_at_a_second_school_may_only_ask_there(case, north, south, anna, desk):
    ask_to_join(south, by=anna)

    submitted = reserve(case, 1, NEXT_WEEK, south, anna)

    assert submitted.state == State.SUBMITTED
    assert approve(submitted, by=desk, now=NOW).state == State.APPROVED


def lend(product, school, desk, **person) -> None:
    item = Item.objects.filter(product=product).first()
    assert item
    hand_over_together(school, items=[item], by=desk, due_at=at(12), now=at(3), **person)
