"""Something is wrong with an item (Mangel): what the desk finds, and what follows for lending."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from inventory.fitness import count_parts, is_complete_enough, working_parts
from inventory.models import Item, Part
from lending.gate import expect_behind, gate
from lending.models import Finding, FindingKind, Loan, Outage, OutageReason
from lending.outages import return_to_service, take_out_of_service
from lending.refusals import EmptyReport, TooManyReports
from lending.telling import tell_brought_later, tell_of_missing
from people import journal
from people.models import User

LONGEST_NOTE: Final = 500
MOST_REPORTS_OF_ITEM: Final = 5
MOST_REPORTS_OF_CENTER: Final = 30


@transaction.atomic
def find_missing(
    loan: Loan, missing: Mapping[Part, int], *, note: str = "", by: User | None, now: datetime | None = None
) -> list[Finding]:
    """Parts did not come back. The school is asked for them; below a minimum the item is out of service."""
    now = now or timezone.now()
    item = loan.item
    gate({item.product_id})
    findings = [
        _find(item, FindingKind.PART_MISSING, by=by, now=now, loan=loan, part=part, quantity=quantity, note=note)
        for part, quantity in missing.items()
    ]
    if note and not missing:
        findings = [_find(item, FindingKind.DAMAGED, by=by, now=now, loan=loan, note=note)]
    if missing:
        working = working_parts(item)
        count_parts(item, {part: max(0, working[part] - quantity) for part, quantity in missing.items()}, by=by)
        tell_of_missing(loan, missing, now=now)
    if not is_complete_enough(item):
        take_out_of_service(item, reason=OutageReason.INCOMPLETE, by=by, now=now)
    return findings


@transaction.atomic
def report(item: Item, note: str, *, by: User | None = None, now: datetime | None = None) -> Finding:
    """Somebody who uses the thing says what is wrong with it, perhaps from the page behind its label.

    Without an account at most five an hour and item, and thirty an hour and centre. Raises EmptyReport, TooManyReports.
    """
    now = now or timezone.now()
    note = " ".join(note.split())[:LONGEST_NOTE]
    if not note:
        raise EmptyReport
    if by is None:
        lately = Finding.objects.filter(kind=FindingKind.REPORTED, found_by=None, found_at__gt=now - timedelta(hours=1))
        if (
            lately.filter(item=item).count() >= MOST_REPORTS_OF_ITEM
            or lately.filter(center=item.center_id).count() >= MOST_REPORTS_OF_CENTER
        ):
            raise TooManyReports(phone=item.center.phone)
    return _find(item, FindingKind.REPORTED, by=by, now=now, note=note)


@transaction.atomic
def bring_later(finding: Finding, *, by: User, now: datetime | None = None) -> Finding:
    """A missing part turned up (später nachgereicht): counted in again, and lendable again if that was all.

    Whoever was asked for it is thanked; whoever was not yet is asked for no more than what is still missing.
    """
    now = now or timezone.now()
    locked = gate({finding.item.product_id})
    finding = Finding.objects.lock().get(pk=finding.pk)
    expect_behind(locked, {finding.item.product_id})
    if finding.resolved_at is not None:
        return finding
    finding = resolve(finding, by=by, now=now)
    item, part = finding.item, finding.part
    if part is not None:
        working = working_parts(item)
        count_parts(item, {part: min(part.quantity, working[part] + finding.quantity)}, by=by)
    if is_complete_enough(item):
        for outage in Outage.objects.open().filter(item=item, reason=OutageReason.INCOMPLETE):
            return_to_service(outage, by=by, now=now)
    if finding.loan is not None and part is not None:
        still_missing = Finding.objects.open().filter(loan=finding.loan, part__isnull=False).select_related("part")
        tell_brought_later(finding.loan, finding, list(still_missing), now=now)
    return finding


@transaction.atomic
def resolve(finding: Finding, *, by: User, now: datetime | None = None) -> Finding:
    """The matter is settled. Saying it twice changes nothing."""
    finding = Finding.objects.lock().get(pk=finding.pk)
    if finding.resolved_at is not None:
        return finding
    finding.resolved_at = now or timezone.now()
    finding.save(update_fields=["resolved_at"])
    journal.record("finding.resolved", finding, by=by, item=finding.item_id)
    return finding


def _find(
    item: Item,
    kind: FindingKind,
    *,
    by: User | None,
    now: datetime,
    loan: Loan | None = None,
    part: Part | None = None,
    quantity: int = 1,
    note: str = "",
) -> Finding:
    finding = Finding.objects.create(
        center_id=item.center_id,
        item=item,
        loan=loan,
        kind=kind,
        part=part,
        quantity=quantity,
        note=note,
        found_at=now,
        found_by=by,
    )
    journal.record("finding.entered", finding, by=by, item=item.pk, kind=str(kind), quantity=quantity)
    return finding
