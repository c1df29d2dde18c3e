"""What a school says about its people."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from people import journal, letters
from people.errors import NobodyWouldCoordinate, NobodyWouldStay, YearCheckIsOver
from people.models import Membership, YearCheck
from people.models.membership import MembershipQuerySet
from people.roles import Role

KIND: Final = "access_ends"


def asked_about(check: YearCheck) -> MembershipQuerySet:
    """Who acts for the institution."""
    acting = Membership.objects.active().filter(institution=check.institution_id)
    return acting.select_related("user").order_by("user__name", "pk")


@transaction.atomic
def answer(
    check: YearCheck,
    *,
    shown: Collection[int],
    staying: Collection[int],
    is_certain: bool = False,
    now: datetime | None = None,
) -> YearCheck:
    """Of the memberships that were ``shown`` (ids) those ``staying`` stay, the others end when the time is over.

    Who came after the list was shown stays. Answering again corrects the answer before. Raises YearCheckIsOver; and
    NobodyWouldStay or NobodyWouldCoordinate unless whoever answers ``is_certain``.
    """
    now = now or timezone.now()
    check = YearCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
    if check.is_over(timezone.localdate(now)):
        raise YearCheckIsOver
    members = list(asked_about(check).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    leaving = [it for it in members if it.pk in shown and it.pk not in staying]
    if not is_certain:
        _expect_somebody(members, leaving)
    changed = []
    for member in members:
        leaves_on = check.ends_on if member in leaving else None
        if member.pk in shown and member.leaves_on != leaves_on:
            member.leaves_on = leaves_on
            member.save(update_fields=["leaves_on"])
            changed.append(member)
    check.answered_at = now
    check.save(update_fields=["answered_at"])
    journal.record("members.told_who_stays", check, by=None, staying=len(members) - len(leaving), leaving=len(leaving))
    for member in changed:
        _tell(member, check, today=timezone.localdate(now))
    return check


def _tell(member: Membership, check: YearCheck, *, today: date) -> None:
    """Whoever leaves hears of it while it can be put right; on the next day, so that a slip of the pen stays one."""
    if member.leaves_on is None:
        letters.withdraw(member, KIND)
        return
    due_on = min(today + timedelta(days=1), check.ends_on)
    letters.intend(KIND, member, member.user, step=check.pk, due_on=due_on, ends_on=check.ends_on)


def _expect_somebody(members: Collection[Membership], leaving: Collection[Membership]) -> None:
    """Raises NobodyWouldStay (the form was sent without looking?) or NobodyWouldCoordinate."""
    if leaving and len(leaving) == len(members):
        raise NobodyWouldStay
    coordinate = [it for it in members if it.role == Role.COORDINATOR]
    if coordinate and all(it in leaving for it in coordinate):
        raise NobodyWouldCoordinate
