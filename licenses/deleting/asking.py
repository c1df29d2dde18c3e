"""What ought to be asked becomes rows: one per institution and month, with its titles below it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from licenses.deleting.ends import media_concerned
from licenses.deleting.planning import Copy, Wanted, wanted
from licenses.deleting.telling import refresh
from licenses.models import Contract, Deletion, DeletionTitle, Medium
from people import journal
from people.models import Center, Institution
from people.models.institution import InstitutionKind

TOGETHER: Final = 50
"""Institutions that are asked in one transaction, so that whoever answers meanwhile does not wait for all of them."""
ROWS: Final = 2000
"""Rows that are written by one statement."""

Batch = list[Institution]


@dataclass(frozen=True)
class Change:
    """How many titles are asked about that were not, and how many no longer are."""

    added: int = 0
    withdrawn: int = 0


def batches(center: Center) -> list[Batch]:
    """All that could have copies, or are asked about some; a transaction's worth at a time."""
    asked = DeletionTitle.objects.filter(center=center, deletion__confirmed_at__isnull=True)
    could = Q(closed_on__isnull=True) | Q(pk__in=asked.values("institution"))
    found = list(Institution.objects.filter(could, center=center).select_related("center").order_by("pk"))
    return [found[start : start + TOGETHER] for start in range(0, len(found), TOGETHER)]


@transaction.atomic
def ask(center: Center, institutions: Collection[Institution], *, now: datetime | None = None) -> Change:
    """Write down what ``institutions`` are to delete, and take back what they may keep again. Twice changes nothing."""
    now = now or timezone.now()
    center = _locked(center.pk)
    return _settle(center, institutions, media_concerned(center, timezone.localdate(now, center.zone)), now)


@transaction.atomic
def follow(contract: Contract, *, now: datetime | None = None) -> Change:
    """``contract`` runs otherwise now: what is asked about its titles, and may be kept, is taken back at once."""
    center = _locked(contract.center_id)
    asked = DeletionTitle.objects.filter(deletion__confirmed_at__isnull=True, contract=contract)
    media = list(Medium.objects.filter(pk__in=asked.values("medium")))
    if not media:
        return Change()
    institutions = Institution.objects.filter(pk__in=asked.values("institution")).select_related("center")
    return _settle(center, list(institutions), media, now or timezone.now())


def _locked(center: int) -> Center:
    """Two nights at once, or a night and a renewal, go one after the other."""
    return Center.objects.select_for_update(no_key=True).get(pk=center)


def _settle(center: Center, institutions: Collection[Institution], media: Collection[Medium], now: datetime) -> Change:
    today = timezone.localdate(now, center.zone)
    acting = [it for it in institutions if it.closed_on is None and it.kind != InstitutionKind.INTERNAL]
    ought = wanted(center, acting, media, now)
    open_ones = list(Deletion.objects.unconfirmed().filter(institution__in=institutions).lock())
    rows = DeletionTitle.objects.filter(institution__in=institutions, medium__in=media).order_by()
    found = rows.values_list("institution", "medium", "ends_on", "deletion", "pk")
    asked = {Copy(at, medium, ends_on): (deletion, pk) for at, medium, ends_on, deletion, pk in found}
    still_open = {it.pk: it for it in open_ones}
    gone = {pk: deletion for copy, (deletion, pk) in asked.items() if deletion in still_open and copy not in ought}
    new = {copy: want for copy, want in ought.items() if want.is_new and copy not in asked}
    _add(center, new, open_ones, today)
    _take_back(gone, still_open)
    return Change(len(new), len(gone))


def _add(center: Center, new: Mapping[Copy, Wanted], open_ones: Collection[Deletion], today: date) -> None:
    """Each goes to the open request of its institution and month; the letter about it is due today."""
    by_month = {(it.institution_id, it.month_on): it for it in open_ones}
    begun = {
        key: Deletion(center=center, institution_id=key[0], month_on=key[1], due_on=today)
        for key in dict.fromkeys((copy.institution, copy.ends_on.replace(day=1)) for copy in new)
        if key not in by_month
    }
    Deletion.objects.bulk_create(begun.values(), batch_size=ROWS)
    by_month |= begun
    titles = [
        DeletionTitle(
            center=center,
            institution_id=copy.institution,
            deletion=by_month[copy.institution, copy.ends_on.replace(day=1)],
            medium_id=copy.medium,
            contract_id=want.contract,
            ends_on=copy.ends_on,
            may_show=want.may_show,
        )
        for copy, want in new.items()
    ]
    DeletionTitle.objects.bulk_create(titles, batch_size=ROWS)
    Deletion.objects.filter(pk__in={title.deletion_id for title in titles}).update(due_on=today)


def _take_back(gone: Mapping[int, int], open_ones: Mapping[int, Deletion]) -> None:
    """``gone``: titles, and the request that each stands in. Nobody hears of these any more; what has gone out stays
    said, and the page behind its link says what is left."""
    if not gone:
        return
    DeletionTitle.objects.filter(pk__in=list(gone)).delete()
    touched = [open_ones[pk] for pk in sorted(set(gone.values()))]
    journal.record_all("deletion.taken_back", ((it, {"month_on": it.month_on}) for it in touched), by=None)
    refresh(touched)
