"""A canary sings through the whole house; 90 days after the last thing came back, no room remembers it."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Count
from django.db.models.functions import TruncMonth

from inventory.models import Item
from lending.findings import resolve
from lending.handovers import hand_over_together
from lending.models import Finding, Loan
from lending.reservations import Wish, place
from lending.returns import check, take_back
from office.privacy import forget
from people import once
from people.letters import sending, writing
from people.memberships import leave
from people.models import Contact, User
from tests.canary import traces_in_database, traces_in_files, traces_in_logs
from tests.lending.shorthand import NEXT_WEEK, NOW, at
from tests.office.conftest import NAME, WORDS

pytestmark = pytest.mark.django_db(transaction=True)

AFTER_90_DAYS = at(12) + timedelta(days=91)


@pytest.fixture
def mail_files(tmp_path, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


@pytest.fixture
def everything(caplog):
    caplog.set_level("DEBUG")
    return caplog


def test_a_contact_without_open_business_is_nowhere(addressed, klara, cases, desk, mail_files, everything):
    borrow_and_return(addressed, cases, desk, contact=klara)
    told = loans_by_school_and_month()
    sung_in = traces_in_database(*WORDS)
    assert {"people_contact.name", "people_letter.body", "lending_handover.collected_by"} <= set(sung_in)
    assert {"lending_finding.note", "people_oncekey.body", "people_institution.note"} <= set(sung_in)
    assert traces_in_files(mail_files, *WORDS)

    forget(now=AFTER_90_DAYS)

    assert traces_in_database(*WORDS) == []
    assert traces_in_files(mail_files, *WORDS) == []
    assert traces_in_logs(everything.records, *WORDS) == []
    assert loans_by_school_and_month() == told


def test_an_account_that_has_left_is_nowhere(addressed, klaus, carla, cases, desk, mail_files, everything, client):
    client.force_login(klaus)
    borrow_and_return(addressed, cases, desk, responsible=klaus)
    leave(klaus.memberships.get(), by=carla, now=at(12))
    told = loans_by_school_and_month()
    assert {"people_user.name", "account_emailaddress.email"} <= set(traces_in_database(*WORDS))

    forget(now=AFTER_90_DAYS)

    assert traces_in_database(*WORDS) == []
    assert traces_in_files(mail_files, *WORDS) == []
    assert traces_in_logs(everything.records, *WORDS) == []
    assert loans_by_school_and_month() == told
    assert not User.objects.filter(pk=klaus.pk).exists()


def test_without_the_night_it_sings_on(addressed, klara, cases, desk, mail_files):
    borrow_and_return(addressed, cases, desk, contact=klara)

    assert traces_in_database(*WORDS)


def test_before_90_days_are_over_nobody_is_forgotten(addressed, klara, cases, desk, mail_files):
    borrow_and_return(addressed, cases, desk, contact=klara)

    forget(now=at(12) + timedelta(days=89))

    assert Loan.objects.filter(contact=klara).count() == 2
    assert Contact.objects.filter(pk=klara.pk).exists()


def test_what_is_still_out_keeps_its_contact(addressed, klara, cases, desk, mail_files):
    first, second = borrow(addressed, cases, desk, at(8), contact=klara)
    check(take_back(first, by=desk, now=at(12)), by=desk, now=at(12))

    forget(now=AFTER_90_DAYS)

    assert Loan.objects.get(item=second).contact == klara
    assert Loan.objects.get(item=second).handover.collected_by == NAME
    assert Loan.objects.get(item=first).contact is None


def test_what_came_back_damaged_is_remembered_until_it_is_settled(addressed, klara, cases, desk, mail_files):
    borrow_and_return(addressed, cases, desk, contact=klara, is_settled=False)

    forget(now=AFTER_90_DAYS)
    assert Loan.objects.filter(contact=klara).count() == 1

    resolve(Finding.objects.get(), by=desk, now=AFTER_90_DAYS)
    forget(now=AFTER_90_DAYS)
    assert traces_in_database(*WORDS) == []


def test_forgetting_twice_forgets_nothing_more(addressed, klara, cases, desk, mail_files):
    borrow_and_return(addressed, cases, desk, contact=klara)
    first = forget(now=AFTER_90_DAYS)
    assert first["loans"] == 2
    assert first["people"] == 1

    again = forget(now=AFTER_90_DAYS)

    assert {kind for kind, count in again.items() if count} <= {"sessions"}


def borrow_and_return(school, cases, desk, *, is_settled=True, **person) -> None:
    """Reserve, be written to, collect, bring back with a remark, and be mentioned in a note and in an answer."""
    first, second = borrow(school, cases, desk, at(8), **person)
    check(take_back(first, by=desk, now=at(12)), by=desk, now=at(12))
    take_back(second, note=f"Frau Kanarienvogel: Kabel lose, Tel. {'0214 998877'}", by=desk, now=at(12))
    if is_settled:
        resolve(Finding.objects.get(), by=desk, now=at(12))
    school.note = f"Lieferung nur bis 9 Uhr. {NAME} fragen."
    school.save()
    once.answered(once.Key("user:1", "a-key", "asked"), lambda: once.Answer(201, NAME.encode()))
    writing.write(now=at(12))
    sending.send(now=at(12))


def borrow(school, cases, desk, when: datetime, **person) -> list[Item]:
    reservation = place(
        school,
        wishes=[Wish(cases, 2)],
        starts_at=NEXT_WEEK[0],
        ends_at=NEXT_WEEK[1],
        by=desk,
        purpose=f"Projektwoche von {NAME}",
        now=NOW,
        **person,
    )
    writing.write(now=NOW)
    sending.send(now=NOW)
    items = list(Item.objects.filter(allocation__line__reservation=reservation).order_by("pk"))
    hand_over_together(school, items=items, by=desk, reservation=reservation, collected_by=NAME, now=when)
    return items


def loans_by_school_and_month() -> list[tuple[int, object, int]]:
    counted = Loan.objects.annotate(month=TruncMonth("handed_over_at")).values_list("institution", "month")
    return list(counted.annotate(Count("pk")).order_by("institution", "month"))
