"""What the nights ought to have asked about and did not: for the doctor."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from licenses.deleting.ends import media_concerned
from licenses.deleting.planning import Copy, wanted
from licenses.models import DeletionTitle
from people.models import Center, Institution
from people.models.institution import InstitutionKind

GRACE: Final = timedelta(days=2)
"""Nights in which it could have been asked; a single one may fail."""


def forgotten(center: Center, *, now: datetime) -> list[Copy]:
    """Copies that may no longer be kept since GRACE, and about which nobody was asked."""
    last = timezone.localdate(now - GRACE, center.zone)
    acting = Institution.objects.filter(center=center, closed_on=None).exclude(kind=InstitutionKind.INTERNAL)
    media = media_concerned(center, timezone.localdate(now, center.zone))
    ought = wanted(center, list(acting.select_related("center").order_by("pk")), media, now)
    rows = DeletionTitle.objects.filter(center=center, medium__in=media).order_by()
    asked = {Copy(*row) for row in rows.values_list("institution", "medium", "ends_on")}
    return [copy for copy, its in ought.items() if its.is_new and copy.ends_on < last and copy not in asked]
