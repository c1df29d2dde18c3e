"""What comes next: the forecast of the coming reminders, from the same reading as the run itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from lending.calendars import calendar_of
from lending.due_dates import is_working_day
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.notices import remindable
from lending.reminders.looking import addressee, kind_of
from lending.reminders.looking import watch as watching
from lending.rulebook import Rulebook
from people.letters.addressing import recipient_of
from people.letters.kinds import KINDS
from people.models import Center


@dataclass(frozen=True)
class Coming:
    """One reminder that will go out on ``on`` unless the thing comes back before."""

    on: date
    loan: Loan
    step: int

    @property
    def title(self) -> str:
        return str(KINDS[kind_of(self.step)].title)

    @property
    def channel(self) -> str:
        """How it would go out, in words."""
        recipient = recipient_of(addressee(self.loan, self.step), self.loan)
        return str(recipient.channel.label) if recipient else ""


def coming(center: Center, *, today: date, days: int = 14, loans: LoanQuerySet | None = None) -> list[Coming]:
    """The next reminder of each open loan (or only of ``loans``) that falls within ``days``; the soonest first.

    None at all while the centre has not switched reminders on.
    """
    if center.reminders_since is None:
        return []
    calendar, rows = calendar_of(center), remindable().filter(center=center)
    if loans is not None:
        rows = rows.filter(pk__in=loans.values("pk"))
    found = []
    for watch in watching(rows, Rulebook.of(center), today=today, calendar=calendar):
        if watch.next is None or watch.waiting:
            continue
        on = max(watch.next.on, today + timedelta(days=1))
        while watch.next.step and not is_working_day(on, calendar):
            on += timedelta(days=1)
        if on <= today + timedelta(days=days):
            found.append(Coming(on, watch.loan, watch.next.step))
    return sorted(found, key=lambda it: (it.on, it.loan.pk))
