"""Jetzt senden: the next step of one loan goes out before its day, because a person wants it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.calendars import calendar_of
from lending.due_dates import local_day
from lending.models import Loan
from lending.notices import remindable
from lending.refusals import NobodyToRemind, NothingLeftToSay, ReminderIsWaiting, RemindersAreOff
from lending.reminders.facts import facts_for
from lending.reminders.looking import Watched, addressee, kind_of, watch
from lending.rulebook import Rulebook
from people import journal, letters
from people.letters.kinds import KINDS
from people.models import Intent, User


@transaction.atomic
def remind_now(loan: Loan, *, by: User, now: datetime | None = None) -> Intent:
    """The next step goes into today's letter; what needs a release waits for it as ever. The rhythm goes on from here.

    Raises RemindersAreOff; ReminderIsWaiting if that step is written down already; NothingLeftToSay after the last
    step, when it is not late yet and was announced, and when it is back, dropped off or lost; NobodyToRemind.
    """
    now = now or timezone.now()
    if loan.center.reminders_since is None or loan.center.reminders_since > now:
        raise RemindersAreOff
    looked_at = _look(loan, now)
    if looked_at.waiting is not None:
        raise ReminderIsWaiting(title=str(KINDS[looked_at.waiting.kind].title))
    upcoming, today = looked_at.next, local_day(now)
    if upcoming is None or (upcoming.step > 0 and today <= local_day(looked_at.loan.due_at)):
        raise NothingLeftToSay(item=str(loan.item))
    facts = facts_for(looked_at, upcoming.step, calendar_of(loan.center), now=now) | {"is_by_hand": True}
    to, kind = addressee(looked_at.loan, upcoming.step), kind_of(upcoming.step)
    intent = letters.intend(kind, looked_at.loan, to, step=upcoming.step, due_on=today, **facts)
    if intent is None:
        raise NobodyToRemind(item=str(loan.item))
    journal.record("loan.reminded_by_hand", loan, by=by, item=loan.item_id, step=upcoming.step)
    return intent


def _look(loan: Loan, now: datetime) -> Watched:
    """Locks the loan, as the run does. Raises NothingLeftToSay."""
    Loan.objects.lock().get(pk=loan.pk)
    rows = remindable().filter(pk=loan.pk)
    found = list(watch(rows, Rulebook.of(loan.center), today=local_day(now), calendar=calendar_of(loan.center)))
    if not found:
        raise NothingLeftToSay(item=str(loan.item))
    return found[0]
