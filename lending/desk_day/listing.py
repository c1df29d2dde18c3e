"""What a day brings: things, numbers and institutions; nobody's name."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from lending.at_risk import at_risk
from lending.due_dates import at
from lending.models import Line, Loan, Reservation
from people.models import Center, Intent, Letter

LISTED: Final = 20
"""Rows of a list; the page shows the rest."""


def facts_of_day(center: Center, *, now: datetime) -> dict[str, Any]:
    """Counts, and the first of each list, as an intent keeps them."""
    today = timezone.localdate(now)
    morning, night = at(today, time(0)), at(today + timedelta(days=1), time(0))
    pickups = Reservation.objects.filter(center=center).to_collect(night).select_related("institution")
    pickups = pickups.prefetch_related("lines__product")
    loans = Loan.objects.filter(center=center, dropped_off_at__isnull=True).select_related(
        "item__product", "institution"
    )
    due = loans.open().filter(due_at__gte=morning, due_at__lt=night)
    late = loans.overdue(now).filter(due_at__lt=morning)
    risks = at_risk(Line.objects.filter(center=center).select_related("product", "reservation"), now)
    calls = Letter.objects.filter(center=center).to_call().select_related("institution")
    return {
        "day_on": today,
        "pickups": _listed(_pickup(it) for it in pickups),
        "returns": _by_institution(due.order_by("institution__sort_name", "pk")),
        "late": _by_institution(late.order_by("due_at", "pk")),
        "risks": _listed(
            {"number": it.line.reservation.number, "things": [{"product": it.line.product.name}]} for it in risks
        ),
        "calls": _listed({"institution": str(it.institution or ""), "subject": it.subject} for it in calls),
        "releases": Intent.objects.filter(center=center).to_release().count(),
    }


def _pickup(reservation: Reservation) -> dict[str, Any]:
    return {
        "number": reservation.number,
        "institution": str(reservation.institution),
        "starts_at": reservation.starts_at,
        "things": [{"product": line.product.name, "quantity": line.quantity} for line in reservation.lines.all()],
    }


def _by_institution(loans: Iterable[Loan]) -> dict[str, Any]:
    things: dict[str, Counter[str]] = {}
    for loan in loans:
        things.setdefault(str(loan.institution), Counter())[loan.item.product.name] += 1
    return _listed(
        {"institution": name, "things": [{"product": it, "quantity": count} for it, count in counts.items()]}
        for name, counts in things.items()
    )


def _listed(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    found = list(rows)
    return {"count": len(found), "rows": found[:LISTED]}
