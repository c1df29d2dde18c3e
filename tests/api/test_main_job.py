"""The main job over HTTP: reserve, approve, hand over by scanned codes, be late, take back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory import labels
from lending.models import Policy
from people.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_a_school_borrows_is_late_and_brings_back(program, anna, desk, manager, north, cases, week):
    Policy.objects.create(center=cases.center, needs_approval=True)
    codes = [label.number for label in labels.issue_all(cases.items.all(), by=desk)]
    school, counter = program(anna), program(desk)

    # The school finds the product with its dates first, and asks for two.
    period = {"starts_at": str(week[0]), "ends_at": str(week[3])}
    (found,) = school.get("/api/v1/products/", {**period, "quantity": 2, "search": "calliope"}).json()["results"]
    asked = {
        "institution": north.pk,
        **period,
        "purpose": "Projektwoche",
        "lines": [{"product": found["id"], "quantity": 2}],
    }
    reservation = school.post("/api/v1/reservations/", asked).json()
    assert (reservation["state"], reservation["lines"][0]["quantity"]) == ("requested", 2)
    own = f"/api/v1/reservations/{reservation['id']}/"
    assert school.post(f"{own}approve/").status_code == 403

    # The desk approves it, and hands over two units by their labels.
    assert counter.get("/api/v1/reservations/", {"state": "requested", "institution": north.pk}).json()["count"] == 1
    assert counter.post(f"{own}approve/").json()["state"] == "approved"
    scanned = counter.get(f"/api/v1/scan/{reservation['number']}/").json()
    assert (scanned["kind"], scanned["id"]) == ("reservation", reservation["id"])
    slip = counter.post(
        "/api/v1/handovers/", {"reservation": reservation["id"], "items": codes[:2], "extras": [{"name": "Netzteil"}]}
    )
    assert slip.status_code == 201, slip.json()
    assert {loan["code"] for loan in slip.json()["loans"]} == set(codes[:2])

    # Another thing goes out without a reservation, and was due an hour ago.
    now = timezone.now()
    walk_in = counter.post(
        "/api/v1/handovers/",
        {
            "institution": north.pk,
            "items": [codes[2]],
            "happened_at": (now - timedelta(days=2)).isoformat(),
            "due_at": (now - timedelta(hours=1)).isoformat(),
        },
    )
    assert walk_in.status_code == 201, walk_in.json()
    (late,) = counter.get("/api/v1/loans/", {"overdue": "true", "institution": north.pk}).json()["results"]
    assert (late["code"], late["is_overdue"]) == (codes[2], True)

    # Everything comes back over the counter.
    back = counter.post("/api/v1/returns/", {"items": [{"code": code} for code in codes[:3]]})
    assert back.status_code == 200, back.json()
    assert counter.get("/api/v1/loans/", {"open": "true"}).json()["count"] == 0
    assert {"reservation.placed", "reservation.approved", "loan.handed_over", "loan.returned"} <= set(
        JournalEntry.objects.values_list("verb", flat=True)
    )
