"""S4 · Seven of eight: a case comes back with a dead headset and without a charger, while two schools wait for cases.

Over HTTP, as the desk and the schools do it.
"""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory.models import Item, Part, Product
from lending.handovers import hand_over, open_handover
from lending.models import Allocation, Finding, Loan, Reservation
from lending.reservations import Wish, place
from people.letters import writing
from people.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def vr(center, robots) -> Product:
    """Case 1 and case 3 with eight headsets each, lendable from six."""
    made = Product.objects.create(center=center, category=robots, name="VR-Koffer", kind="kit")
    Part.objects.create(center=center, product=made, name="VR-Brillen", quantity=8, minimum=6)
    Part.objects.create(center=center, product=made, name="Ladegerät", quantity=4, minimum=0)
    for number in (1, 3):
        made.items.create(center=center, asset_number=f"Koffer {number}")
    return made


@pytest.fixture
def theke(desk) -> Client:
    return signed_in(desk)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def reserved(product: Product, school, by, starts_at: datetime, *, desk, pieces: int | None = None) -> Reservation:
    return place(
        school,
        wishes=[Wish(product, 1, pieces=pieces)],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=2),
        by=desk,
        responsible=by,
    )


def letters_to(user) -> list[str]:
    writing.write()
    return [f"{letter.subject} {letter.body}" for letter in Letter.objects.filter(user=user)]


def test_seven_of_eight(theke, vr, north, south, anna, bert, carla, desk):
    now = timezone.now()
    case_1, case_3 = Item.objects.filter(product=vr).order_by("asset_number")
    headsets, chargers = vr.parts.get(name="VR-Brillen"), vr.parts.get(name="Ladegerät")
    slip = open_handover(north, by=desk, responsible=anna, due_at=now + timedelta(hours=2))
    loan = hand_over(slip, case_1, by=desk)
    afternoon = reserved(vr, south, bert, now + timedelta(hours=3), desk=desk)
    monday = reserved(vr, north, carla, now + timedelta(days=8), desk=desk, pieces=8)
    assert {row.item for row in Allocation.objects.filter(kind="plan")} == {case_1}

    # 11:00 at the desk: scanned, one headset is dead, a charger did not come back.
    theke.post(reverse("desk_scan"), {"code": str(case_1.asset_number)})
    theke.post(reverse("item_count", args=[case_1.pk]), {f"part-{headsets.pk}": 7, f"part-{chargers.pk}": 4})
    theke.post(reverse("loan_missing", args=[loan.pk]), {f"part_{chargers.pk}": 1})
    assert Loan.objects.get(pk=loan.pk).returned_at is not None

    # School A gets one letter, about the charger, with a day.
    (told,) = [letter for letter in letters_to(anna) if "Ladegerät" in letter]
    assert "geben Sie es bis" in told
    assert "VR-Brille" not in told
    Letter.objects.update(sent_at=timezone.now())

    # The school at 14:00 reads what it will get.
    theke.post(reverse("reservation_ready", args=[afternoon.pk]))
    (ready,) = [letter for letter in letters_to(bert) if "Alles gepackt" in letter]
    assert "7 von 8 VR-Brillen" in ready

    # Monday's eight are at risk; one click gives it case 3.
    page = theke.get(reverse("at_risk")).text
    assert "Koffer 1 hat nur 7 von 8 VR-Brillen, gebraucht werden 8." in page
    assert "Tauschen: Koffer 3 (8 von 8 VR-Brillen)" in page
    press(theke, page)
    assert "Nichts gefährdet" in theke.get(reverse("at_risk")).text
    assert Allocation.objects.get(line__reservation=monday).item == case_3

    # A spare headset makes case 1 whole again, and later the charger turns up: closed, thanked for, in the history.
    theke.post(reverse("item_count", args=[case_1.pk]), {f"part-{headsets.pk}": 8, f"part-{chargers.pk}": 3})
    finding = Finding.objects.get(part=chargers)
    theke.post(reverse("finding_resolve", args=[finding.pk]))
    finding.refresh_from_db()
    assert finding.resolved_at is not None
    assert "Ladegerät" in theke.get(reverse("item", args=[case_1.pk])).text
    assert [letter for letter in letters_to(anna) if "Danke fürs Nachreichen: 1 × Ladegerät" in letter]
    assert "Später nachgereicht" in theke.get(reverse("loan", args=[loan.pk])).text


def press(theke: Client, page: str) -> None:
    """The first proposal's button."""
    action = page.split('action="/theke/gefaehrdet/', 1)[1].split('"', 1)[0]
    value = page.split('name="proposal" value="', 1)[1].split('"', 1)[0]
    answer = theke.post(f"/theke/gefaehrdet/{action}", {"proposal": value})
    assert answer.status_code == 303, answer.text


def test_a_spare_headset_heals_it_without_a_swap(theke, vr, north, carla, desk):
    monday = reserved(vr, north, carla, timezone.now() + timedelta(days=8), desk=desk, pieces=8)
    case = Allocation.objects.get(line__reservation=monday).item
    headsets, chargers = vr.parts.get(name="VR-Brillen"), vr.parts.get(name="Ladegerät")

    theke.post(reverse("item_count", args=[case.pk]), {f"part-{headsets.pk}": 7, f"part-{chargers.pk}": 4})
    assert monday.number in theke.get(reverse("at_risk")).text

    theke.post(reverse("item_count", args=[case.pk]), {f"part-{headsets.pk}": 8, f"part-{chargers.pk}": 4})
    assert monday.number not in theke.get(reverse("at_risk")).text


def test_nobody_outside_staff_reads_that_it_is_at_risk(theke, vr, north, anna, carla, desk):
    monday = reserved(vr, north, carla, timezone.now() + timedelta(days=8), desk=desk, pieces=8)
    case = Allocation.objects.get(line__reservation=monday).item
    headsets, chargers = vr.parts.get(name="VR-Brillen"), vr.parts.get(name="Ladegerät")
    theke.post(reverse("item_count", args=[case.pk]), {f"part-{headsets.pk}": 7, f"part-{chargers.pk}": 4})
    assert "Gefährdet" in theke.get(reverse("today")).text

    for user in (anna, carla):
        school = signed_in(user)
        places = [reverse(name) for name in ("home", "my_reservations", "my_school", "catalogue")]
        for address in [*places, reverse("reservation", args=[monday.pk]), reverse("product", args=[vr.pk])]:
            assert "gefährdet" not in school.get(address).text.lower(), address
        assert school.get(reverse("at_risk")).status_code == 403
        assert not any("gefährdet" in letter.lower() for letter in letters_to(user))
