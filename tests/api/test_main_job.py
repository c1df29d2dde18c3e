"""The main job over HTTP: reserve, approve, hand over by scanned codes, be late, take back."""

import pytest
from django.utils import timezone

from inventory import labels
from lending.models import Policy
from people.models import JournalEntry
from tests import main_job as job

pytestmark = pytest.mark.django_db


def test_a_school_borrows_is_late_and_brings_back(program, anna, desk, manager, north, cases, week):
    Policy.objects.create(center=cases.center, needs_approval=True)
    codes = [label.number for label in labels.issue_all(cases.items.all(), by=desk)]
    school, counter = program(anna), program(desk)

    reservation = job.reserve(school, north.pk, "calliope", (week[0], week[3]))
    assert school.post(f"{job.V1}/reservations/{reservation['id']}/approve/").status_code == 403
    job.approve(counter, reservation)
    job.hand_over(counter, reservation, codes[:2])
    late = job.hand_over_late(counter, north.pk, codes[2], timezone.now(), days=2)
    job.renew(counter, late)
    job.take_back(counter, north.pk, codes[:3])

    assert counter.get(f"{job.V1}/loans/", {"open": "true"}).json()["count"] == 0
    assert {"reservation.placed", "reservation.approved", "loan.handed_over", "loan.renewed", "loan.returned"} <= set(
        JournalEntry.objects.values_list("verb", flat=True)
    )
