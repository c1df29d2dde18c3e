"""The run that looks at every open loan: told are those whose turn it is, withdrawn what fell away."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone

from lending.calendars import calendar_of
from lending.due_dates import Calendar, local_day
from lending.models import Loan
from lending.notices import STEPS, remindable
from lending.reminders.facts import facts_for
from lending.reminders.looking import Watched, addressee, kind_of, watched
from lending.reminders.rhythm import Reminder
from people import letters, once
from people.errors import TryAgain
from people.letters import bell
from people.models import Center, Intent, ReminderRun
from people.models.letter import IntentQuerySet

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a run wrote down and what it took back."""

    intended: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.intended + other.intended, self.withdrawn + other.withdrawn)


NOTHING: Final = Outcome()

#: What may have changed about a loan since it was read.
STANDING: Final = ("due_at", "expected_back_at", "said_back_at", "not_found_at", "quiet_until_on")


def remind(center: Center, *, today: date | None = None, now: datetime | None = None) -> Outcome:
    """Intend every reminder whose day has come, refresh what waits, withdraw what is no longer true.

    Changes nothing when it is run again the same day, and nothing before "Erinnerungen einschalten". One short
    transaction a loan; who holds a loan just now is looked at in the next run.
    """
    now = now or timezone.now()
    today = today or timezone.localdate(now)
    if center.reminders_since is None or center.reminders_since > now:
        return NOTHING
    calendar = calendar_of(center)
    outcome = once.run(lambda: _withdraw_settled(center, now))
    for watch in list(watched(center, today=today, calendar=calendar)):
        due = watch.due(calendar, today=today)
        if due or watch.waiting:
            outcome += _remind_of(watch, due, calendar, now)
    run, is_first = ReminderRun.objects.get_or_create(
        center=center, day=today, defaults={"first_at": now, "last_at": now}
    )
    if not is_first:
        run.last_at = now
        run.save(update_fields=["last_at"])
    bell.ring()
    return outcome


def remind_everywhere(*, now: datetime | None = None) -> None:
    """Every centre that switched reminders on. What goes wrong in one does not keep the others waiting."""
    for center in Center.objects.filter(reminders_since__isnull=False):
        try:
            remind(center, now=now)
        except Exception:
            log.exception("no reminders for center %s", center.pk)


def _remind_of(watch: Watched, due: Reminder | None, calendar: Calendar, now: datetime) -> Outcome:
    try:
        return once.run(lambda: _bring_up_to_date(watch, due, calendar, now))
    except TryAgain:
        log.info("loan %s is being changed, its reminder waits for the next run", watch.loan.pk)
        return NOTHING


def _bring_up_to_date(watch: Watched, due: Reminder | None, calendar: Calendar, now: datetime) -> Outcome:
    loan, waiting, withdrawn = watch.loan, watch.waiting, 0
    if not _is_still_so(loan):
        return NOTHING
    to = addressee(loan, due.step) if due else None
    if waiting and (due is None or waiting.step != due.step or waiting.recipient != letters.recipient_key(to, loan)):
        withdrawn = letters.withdraw(loan, waiting.kind, now=now)
        waiting = None
    if due is None:
        return Outcome(0, withdrawn)
    facts = facts_for(watch, due.step, calendar, now=now)
    due_on = waiting.due_on if waiting else local_day(now)
    letters.intend(kind_of(due.step), loan, to, step=due.step, due_on=due_on, **facts)
    return Outcome(0 if waiting else 1, withdrawn)


def _is_still_so(loan: Loan) -> bool:
    """Locks the loan: the desk may have taken it back since it was read."""
    locked = remindable().lock().filter(pk=loan.pk).first()
    return locked is not None and all(getattr(locked, name) == getattr(loan, name) for name in STANDING)


def settled_in(center: Center) -> IntentQuerySet:
    """Reminders of loans that need none any more, however they ended."""
    unsent = Intent.objects.current().filter(
        Q(letter=None) | Q(letter__sent_at=None, letter__done_at=None),
        center=center,
        subject_type=Loan._meta.label_lower,
        kind__in=STEPS,
    )
    return unsent.exclude(subject_id__in=remindable().filter(center=center).values("pk"))


def _withdraw_settled(center: Center, now: datetime) -> Outcome:
    loans = Loan.objects.filter(pk__in=settled_in(center).values("subject_id"))
    return Outcome(0, sum(letters.withdraw(loan, kind, now=now) for loan in loans for kind in STEPS))
