"""Gelöscht oder nie gespeichert: one click answers for the whole institution."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from licenses.deleting.refusals import NothingToDelete, TitlesWereAdded
from licenses.deleting.telling import KIND
from licenses.models import ConfirmedBy, Deletion
from people import journal, letters
from people.models import User
from people.permissions import covers
from people.roles import GRANTS, Reach


@transaction.atomic
def confirm(
    deletion: Deletion,
    *,
    by: User | None,
    seen: int | None = None,
    now: datetime | None = None,
) -> Deletion:
    """No copy of these titles is left at the institution; once confirmed it stays so. Without ``by``: by the link.

    ``seen``: the last title (id) that stood on the page, for what is asked later has a greater one. Raises
    TitlesWereAdded if there are others by now, and NothingToDelete if none is left.
    """
    deletion = Deletion.objects.lock().select_related("institution").get(pk=deletion.pk)
    if deletion.confirmed_at is not None:
        return deletion
    titles = deletion.titles.aggregate(count=Count("pk"), last=Max("pk"))
    if not titles["count"]:
        raise NothingToDelete
    if seen is not None and titles["last"] > seen:
        raise TitlesWereAdded
    deletion.confirmed_at, deletion.confirmed_by, deletion.confirmed_how = (
        now or timezone.now(),
        by,
        way_of(deletion, by),
    )
    deletion.due_on = None
    deletion.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how", "due_on"])
    letters.withdraw(deletion, KIND, now=now)
    journal.record("deletion.confirmed", deletion, by=by, how=str(deletion.confirmed_how), titles=titles["count"])
    return deletion


def way_of(deletion: Deletion, user: User | None) -> ConfirmedBy:
    """Somebody of the institution says so for it; what staff write down was said to them on the phone."""
    if user is None:
        return ConfirmedBy.LINK
    grants = GRANTS["licenses.confirm_deletion"]
    own = (it for it in user.memberships_in_force if grants.get(it.standing) == Reach.SCHOOL)
    is_own = any(covers(membership, Reach.SCHOOL, deletion) for membership in own)
    return ConfirmedBy.ACCOUNT if is_own else ConfirmedBy.PHONE
