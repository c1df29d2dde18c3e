"""Was würde heute gesendet? The run as it would be now, without writing anything."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from lending.calendars import calendar_of
from lending.due_dates import Calendar, local_day
from lending.models import Loan
from lending.reminders.facts import facts_for
from lending.reminders.looking import Watched, addressee, kind_of, watched
from lending.reminders.reminding import settled_in
from lending.reminders.rhythm import Reminder
from people.letters import intents
from people.letters.addressing import recipient_of
from people.letters.kinds import KINDS
from people.letters.rehearsing import NEW, letters_of_now
from people.models import Center, Intent, Letter


@dataclass
class _Rehearsal:
    """Intents as they would stand after the run."""

    replaced: set[int] = field(default_factory=set)
    drafts: list[Intent] = field(default_factory=list)


def rehearse(center: Center, *, now: datetime | None = None) -> list[Letter]:
    """The letters that would go out if the run, the writing and the sending came now; none of them is saved."""
    now = now or timezone.now()
    found = _Rehearsal()
    if center.reminders_since is not None and center.reminders_since <= now:
        calendar, today = calendar_of(center), local_day(now)
        found.replaced |= set(settled_in(center).values_list("pk", flat=True))
        for watch in watched(center, today=today, calendar=calendar):
            _rehearse(watch, watch.due(calendar, today=today), found, calendar, now)
    return letters_of_now(center, now=now, replaced=found.replaced, drafts=found.drafts)


def _rehearse(watch: Watched, due: Reminder | None, found: _Rehearsal, calendar: Calendar, now: datetime) -> None:
    """As the run does it: what waits and is not due falls away, what is due is told as things stand now."""
    waiting = watch.waiting
    if due is None:
        found.replaced |= {waiting.pk} if waiting else set()
        return
    draft = _draft(watch, due, waiting, len(found.drafts), calendar, now)
    if waiting and draft and waiting.recipient == draft.recipient and waiting.step == draft.step:
        if (waiting.due_on, waiting.facts) == (draft.due_on, draft.facts):
            return
        draft.pk, draft.released_at = waiting.pk, waiting.released_at
    found.replaced |= {waiting.pk} if waiting else set()
    if draft and (not draft.needs_release or draft.released_at):
        found.drafts.append(draft)


def _draft(
    watch: Watched, due: Reminder, waiting: Intent | None, number: int, calendar: Calendar, now: datetime
) -> Intent | None:
    """What the run would intend; None when nobody can be told."""
    loan, kind = watch.loan, kind_of(due.step)
    recipient = recipient_of(addressee(loan, due.step), loan)
    if recipient is None:
        return None
    is_the_same = waiting is not None and waiting.step == due.step and waiting.recipient == recipient.key
    return Intent(
        pk=NEW + number,
        center=loan.center,
        institution=recipient.institution,
        user=recipient.user,
        contact=recipient.contact,
        recipient=recipient.key,
        subject_type=Loan._meta.label_lower,
        subject_id=loan.pk,
        kind=kind,
        step=due.step,
        due_on=waiting.due_on if waiting and is_the_same else local_day(now),
        facts=intents.as_stored(facts_for(watch, due.step, calendar, now=now)),
        needs_release=KINDS[kind].needs_release,
    )
