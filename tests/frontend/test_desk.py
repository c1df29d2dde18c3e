"""The desk as staff use it: one box for whatever is scanned."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory.models import Item
from lending.handovers import hand_over_together, open_handover
from lending.models import Finding, Handover, Loan, State
from tests.lending.shorthand import reserve

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def at_the_desk(client: Client, desk) -> Client:
    client.force_login(desk)
    return client


@pytest.fixture
def booked(cases, north, desk):
    now = timezone.now()
    return reserve(cases, 2, (now + timedelta(days=1), now + timedelta(days=5)), north, desk, now=now)


@pytest.fixture
def lent(case, north, desk) -> Loan:
    due_at = timezone.now() + timedelta(days=3)
    return hand_over_together(north, items=[Item.objects.get(product=case)], by=desk, due_at=due_at).loans.get()


def test_scanning_a_reservation_begins_its_slip(at_the_desk, booked):
    answer = at_the_desk.post("/theke/scan/", {"code": booked.number})

    slip = Handover.objects.get(reservation=booked)
    assert answer.status_code == 303
    assert answer["Location"] == f"/theke/ausgabe/{slip.pk}/"


def test_each_scan_is_one_loan_and_the_slip_is_printed_at_the_end(at_the_desk, booked, cases, desk):
    slip = open_handover(booked.institution, reservation=booked, by=desk)
    page = f"/theke/ausgabe/{slip.pk}/"
    for item in Item.objects.filter(product=cases)[:2]:
        answer = at_the_desk.post(f"{page}scan/", {"code": item.asset_number}, **HTMX)
        assert f"Ausgegeben: {item.asset_number}." in answer.content.decode()

    assert at_the_desk.post(f"{page}fertig/").status_code == 303
    assert slip.loans.count() == 2
    assert "Leihschein drucken" in at_the_desk.get(page).content.decode()
    assert at_the_desk.get(f"{page}leihschein.pdf").content.startswith(b"%PDF")


def test_a_scan_that_is_sent_twice_happens_once(at_the_desk, lent):
    wanted = {"code": lent.item.asset_number, "key": str(uuid.uuid4())}

    first = at_the_desk.post("/theke/scan/", wanted, **HTMX)
    second = at_the_desk.post("/theke/scan/", wanted, **HTMX)

    assert "Zurück. Vollständig?" in first.content.decode()
    assert second.content == first.content


def test_without_a_key_the_second_scan_is_a_new_question(at_the_desk, lent):
    at_the_desk.post("/theke/scan/", {"code": lent.item.asset_number}, **HTMX)
    second = at_the_desk.post("/theke/scan/", {"code": lent.item.asset_number}, **HTMX)

    assert "Nicht ausgeliehen." in second.content.decode()


def test_an_unknown_code_is_named_as_such(at_the_desk):
    answer = at_the_desk.post("/theke/scan/", {"code": "was auch immer"}, **HTMX)

    assert answer.status_code == 200
    assert "Unbekannter Code" in answer.content.decode()


def test_a_unit_that_is_kept_for_another_school_stays(at_the_desk, case, booked, south, bert, desk):
    now = timezone.now()
    reserve(case, 1, (now, now + timedelta(days=9)), south, desk, now=now)
    slip = open_handover(booked.institution, due_at=now + timedelta(days=2), by=desk)

    answer = at_the_desk.post(f"/theke/ausgabe/{slip.pk}/scan/", {"code": "MZ-0001"}, **HTMX)

    assert "für Gymnasium Süd vorgesehen" in answer.content.decode()
    assert "Trotzdem ausgeben" not in answer.content.decode()
    assert not Loan.objects.exists()


def test_the_head_may_hand_it_out_all_the_same(client, manager, case, north, south, desk):
    now = timezone.now()
    reserve(case, 1, (now, now + timedelta(days=9)), south, desk, now=now)
    slip = open_handover(north, due_at=now + timedelta(days=2), by=manager)
    client.force_login(manager)

    offered = client.post(f"/theke/ausgabe/{slip.pk}/scan/", {"code": "MZ-0001"}, **HTMX)
    assert "Trotzdem ausgeben" in offered.content.decode()
    client.post(f"/theke/ausgabe/{slip.pk}/scan/", {"code": "MZ-0001", "override": "1"}, **HTMX)

    assert Loan.objects.get().institution == north


def test_the_desk_itself_may_not_override(at_the_desk, case, north, south, desk):
    now = timezone.now()
    reserve(case, 1, (now, now + timedelta(days=9)), south, desk, now=now)
    slip = open_handover(north, due_at=now + timedelta(days=2), by=desk)

    answer = at_the_desk.post(f"/theke/ausgabe/{slip.pk}/scan/", {"code": "MZ-0001", "override": "1"}, **HTMX)

    assert "nicht freigegeben" in answer.content.decode()
    assert not Loan.objects.exists()


def test_missing_parts_are_counted_out(at_the_desk, lent):
    at_the_desk.post("/theke/scan/", {"code": lent.item.asset_number})

    answer = at_the_desk.post(f"/theke/rueckgabe/{lent.pk}/fehlt/", {"note": "Riss im Gehäuse"})

    assert answer.status_code == 303
    assert Finding.objects.get().note == "Riss im Gehäuse"


def test_today_answers_requests(at_the_desk, booked):
    type(booked).objects.filter(pk=booked.pk).update(state=State.REQUESTED)

    assert booked.number in at_the_desk.get("/heute/").content.decode()
    at_the_desk.post(f"/theke/reservierungen/{booked.pk}/bestaetigen/")

    booked.refresh_from_db()
    assert booked.state == State.APPROVED


def test_today_leads_to_what_is_wrong_and_what_waits_for_a_check(at_the_desk, lent):
    item = lent.item
    assert reverse("findings") not in at_the_desk.get("/heute/").text
    at_the_desk.post("/theke/scan/", {"code": item.asset_number})
    at_the_desk.post(f"/theke/rueckgabe/{lent.pk}/fehlt/", {"note": "Riss im Gehäuse"})
    type(item).objects.filter(pk=item.pk).update(fitness="needs_check")

    page = at_the_desk.get("/heute/").text

    assert "1 offener Mangel" in page
    assert f'href="{reverse("findings")}"' in page
    assert item.asset_number in at_the_desk.get(f"{reverse('items')}?where=unfit").text
    assert f'href="{reverse("items")}?where=unfit"' in page


@pytest.mark.parametrize("page", ["/heute/", "/theke/", "/ausleihen/", "/ausleihen/?show=overdue&search=bee"])
def test_the_pages_of_the_desk_are_not_for_teachers(client, anna, desk, lent, page):
    client.force_login(desk)
    assert client.get(page).status_code == 200

    client.force_login(anna)
    assert client.get(page).status_code == 403


def test_the_neighbors_desk_sees_nothing_of_ours(client, foreign_desk, booked, lent):
    client.force_login(foreign_desk)

    assert client.get(f"/ausleihen/{lent.pk}/").status_code == 404
    assert client.post("/theke/scan/", {"code": booked.number}, **HTMX).status_code == 200
    assert not Handover.objects.filter(reservation=booked).exists()
