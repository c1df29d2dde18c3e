"""What happened to a thing: its loans, its outages and its findings, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory.models import Item
from lending.models import Finding, Loan, Outage

LATEST = 30


@dataclass(frozen=True)
class Event:
    """``until`` is None while it lasts; ``handover`` is the id of the slip of a loan."""

    kind: str | Promise
    at: datetime
    until: datetime | None
    text: str
    detail: str = ""
    is_open: bool = False
    handover: int | None = None


def history_of(item: Item, latest: int = LATEST) -> list[Event]:
    """Names no person: institutions, reasons, notes on things. Three queries."""
    loans = Loan.objects.filter(item=item).select_related("institution", "handover").order_by("-handed_over_at")
    outages = Outage.objects.filter(item=item).order_by("-starts_at")
    findings = Finding.objects.filter(item=item).select_related("part").order_by("-found_at")
    events = [
        *map(_of_loan, loans[:latest]),
        *map(_of_outage, outages[:latest]),
        *map(_of_finding, findings[:latest]),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)[:latest]


def _of_loan(loan: Loan) -> Event:
    return Event(
        _("Ausleihe"),
        loan.handed_over_at,
        loan.returned_at,
        str(loan.institution),
        loan.handover.number,
        is_open=loan.returned_at is None,
        handover=loan.handover_id,
    )


def _of_outage(outage: Outage) -> Event:
    return Event(
        _("gesperrt"),
        outage.starts_at,
        outage.ended_at,
        outage.get_reason_display(),
        outage.note,
        is_open=outage.ended_at is None,
    )


def _of_finding(finding: Finding) -> Event:
    what = f"{finding.get_kind_display()}: {finding.quantity} × {finding.part.name}" if finding.part else ""
    return Event(
        _("Mangel"),
        finding.found_at,
        finding.resolved_at,
        what or finding.get_kind_display(),
        finding.note,
        is_open=finding.resolved_at is None,
    )
