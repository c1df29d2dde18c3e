"""The licence that comes with a line, as bundles have it: so many slots for each of its units, for its period.

Always behind the gate of the line's product; the entitlement is locked after it (``licenses.seats.keeping``).
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q

from leihwerk.errors import DomainError
from lending.models import Line
from lending.wishes import Wanted
from licenses.seats import keeping
from licenses.seats.keeping import Need
from people.models import Institution

PLANNED = Q(allocations__kind="plan", allocations__holds=True)
OUT = Q(allocations__kind="loan", allocations__loan__returned_at__isnull=True)


def check(wanted: Iterable[Wanted], institution: Institution) -> None:
    """Whether ``institution`` may use all that time what comes along. Raises NotLicensedThen or LicenseEndsBefore."""
    keeping.check(
        Need(0, it.medium, institution, it.slots * it.quantity, it.starts_at, it.ends_at) for it in wanted if it.medium
    )


def keep(lines: Iterable[Line], *, now: datetime, before: Collection[int] = ()) -> None:
    """The slots of ``lines`` are in step with them: for each unit that is planned, missing or out, until it is due.

    ``before``: the ids of lines that had some and may be gone. Raises NotLicensedThen, LicenseEndsBefore or NoSlotThen.
    """
    ids = {line.pk for line in lines if line.medium_id} | set(before)
    if not ids:
        return
    rows: Any = (
        Line.objects.filter(pk__in=ids)
        .select_related("reservation__institution__center", "medium")
        .annotate(
            units=F("shortfall") + Count("allocations", filter=PLANNED | OUT),
            due=Max("allocations__loan__due_at", filter=OUT),
        )
    )
    needs = [_need(row, row.units, row.due) for row in rows.order_by("pk")]
    keeping.let_go(ids - {need.claim for need in needs}, now=now)
    keeping.keep(needs, now=now)


def follow(lines: Iterable[Line], *, now: datetime, before: Collection[int] = ()) -> None:
    """The same where nobody asks for more: less is never refused, whatever has become of the licence, nor is a closing
    day. What cannot be kept any longer stays kept as it was."""
    if before:
        keeping.let_go(set(before) - set(Line.objects.filter(pk__in=before).values_list("pk", flat=True)), now=now)
    for line in lines:
        if line.medium_id:
            with suppress(DomainError), transaction.atomic():
                keep([line], now=now)


def seem_free(lines: Iterable[Line], *, now: datetime) -> None:
    """Whether ``lines`` could have their slots; nothing is kept. Raises as ``keep``."""
    needs = [_need(line, line.quantity) for line in lines if line.medium_id]
    if needs:
        with suppress(_Seen), transaction.atomic():
            keeping.keep(needs, now=now)
            raise _Seen


class _Seen(Exception):
    """It would have worked."""


def _need(line: Line, units: int, due: datetime | None = None) -> Need:
    """For so many units, the last of which is ``due`` then if it is out."""
    if line.medium is None:
        raise ValueError(f"line {line.pk} comes without a licence")
    end = max(line.ends_at, due) if due else line.ends_at
    return Need(line.pk, line.medium, line.reservation.institution, units * line.slots, line.starts_at, end)
