"""The letter that asks an institution to delete its copies, and its reminders.

The first goes out as soon as something is asked: on the first day of the month in which it ends, where the end is
certain, else on the day after. Reminders follow 14 and 28 days after the last end of the month (after the first
letter, where that was later), for until then everything may still be used.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Prefetch, prefetch_related_objects
from django.utils import timezone

from licenses.deleting.refusals import NothingToDelete, ToldToday
from licenses.models import Deletion, DeletionTitle
from licenses.models.deletion import DeletionQuerySet
from people import journal, letters
from people.models import Institution, Membership, User
from people.roles import Role

KIND: Final = "deletion_asked"
REMINDERS: Final = (timedelta(days=14), timedelta(days=28))
NAMED: Final = 40
"""Titles that a letter names; the others stand on the page behind its link."""


def due(today: date) -> DeletionQuerySet:
    """Those about which a letter goes out."""
    return Deletion.objects.open().filter(due_on__lte=today)


@transaction.atomic
def tell(deletion: Deletion, *, now: datetime | None = None) -> bool:
    """Write about ``deletion`` if that is due; False if it no longer is."""
    now = now or timezone.now()
    deletion = _locked(deletion)
    today = timezone.localdate(now, deletion.center.zone)
    if not due(today).filter(pk=deletion.pk).exists():
        return False
    _tell(deletion, today)
    journal.record("deletion.asked", deletion, by=None, times=deletion.times_told)
    return True


@transaction.atomic
def remind(deletion: Deletion, *, by: User, now: datetime | None = None) -> Deletion:
    """Write at once, because somebody wants that. Raises NothingToDelete, ToldToday."""
    now = now or timezone.now()
    deletion = _locked(deletion)
    today = timezone.localdate(now, deletion.center.zone)
    if not Deletion.objects.open().filter(pk=deletion.pk).exists():
        raise NothingToDelete
    if deletion.told_on == today:
        raise ToldToday
    _tell(deletion, today)
    journal.record("deletion.reminded", deletion, by=by, times=deletion.times_told)
    return deletion


def refresh(deletions: Collection[Deletion]) -> None:
    """Some of the titles are no longer asked about: letters that have not gone out say so, or do not go out."""
    left = set(DeletionTitle.objects.filter(deletion__in=deletions).values_list("deletion", flat=True))
    over = [it for it in deletions if it.pk not in left]
    if over:
        letters.withdraw_all(over, KIND)
        never_told = [it.pk for it in over if not it.times_told]
        Deletion.objects.filter(pk__in=never_told).delete()
        Deletion.objects.filter(pk__in=[it.pk for it in over]).update(due_on=None)
    _intend([it for it in deletions if it.pk in left and it.times_told])


def next_reminder(last_end: date, asked_on: date, today: date) -> date | None:
    """The day of the next one after ``today``; None when the last one has been."""
    days = [max(last_end, asked_on) + after for after in REMINDERS]
    return next((day for day in days if day > today), None)


def _tell(deletion: Deletion, today: date) -> None:
    last_end = max(deletion.titles.values_list("ends_on", flat=True))
    deletion.asked_on = deletion.asked_on or today
    deletion.told_on, deletion.times_told = today, deletion.times_told + 1
    deletion.due_on = next_reminder(last_end, deletion.asked_on, today)
    deletion.save(update_fields=["asked_on", "told_on", "times_told", "due_on"])
    _intend([deletion])


def _intend(deletions: Collection[Deletion]) -> None:
    """To the coordinators of each, else to the institution itself."""
    first = DeletionTitle.objects.select_related("medium").order_by("ends_on", "medium__sort_title", "pk")[:NAMED]
    prefetch_related_objects(list(deletions), "institution", Prefetch("titles", first, to_attr="first"))
    counts = DeletionTitle.objects.filter(deletion__in=deletions).order_by().values_list("deletion")
    count = dict(counts.annotate(Count("pk")))
    coordinators = _coordinators(deletions)
    for deletion in deletions:
        facts = _facts(deletion, deletion.first, count.get(deletion.pk, 0))  # type: ignore[attr-defined]  # see above
        addressees: list[User | Institution] = [*coordinators[deletion.institution_id]]
        for to in addressees or [deletion.institution]:
            letters.intend(KIND, deletion, to, step=deletion.times_told, **facts)


def _facts(deletion: Deletion, first: Collection[DeletionTitle], count: int) -> dict[str, Any]:
    return {
        "titles": [_named(title) for title in first],
        "more": max(0, count - NAMED),
        "asked_on": deletion.asked_on if deletion.times_told > 1 else None,
        "told_on": deletion.told_on,
        "month_on": deletion.month_on,
    }


def _named(title: DeletionTitle) -> dict[str, Any]:
    return {
        "title": title.medium.title,
        "kind": title.medium.kind,
        "ends_on": title.ends_on,
        "may_show": title.may_show,
    }


def _coordinators(deletions: Collection[Deletion]) -> dict[int, list[User]]:
    """By institution id."""
    where = [it.institution_id for it in deletions]
    acting = Membership.objects.active().filter(institution__in=where, role=Role.COORDINATOR, user__is_active=True)
    found: dict[int, list[User]] = defaultdict(list)
    for member in acting.select_related("user").order_by("pk"):
        found[member.institution_id or 0].append(member.user)
    return found


def _locked(deletion: Deletion) -> Deletion:
    return Deletion.objects.select_related("institution", "center").lock().get(pk=deletion.pk)
