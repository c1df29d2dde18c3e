"""What comes next: the forecast of the coming reminders, from the same reading as the run itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from lending.calendars import calendar_of
from lending.due_dates import Calendar, is_working_day
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.notices import remindable
from lending.reminders.looking import Watched, addressee, kind_of, may_go_now
from lending.reminders.looking import watch as watching
from lending.rulebook import Rulebook
from people.letters.addressing import recipient_of
from people.letters.kinds import KINDS
from people.models import Center, Intent


@dataclass(frozen=True)
class Coming:
    """One reminder that will go out on ``on`` unless the thing comes back before.

    ``waiting``: it is written down, and goes out with the next letter, or when somebody releases it.
    """

    on: date
    loan: Loan
    step: int
    waiting: Intent | None = None
    may_go_now: bool = False

    @property
    def title(self) -> str:
        return str(KINDS[kind_of(self.step)].title)

    @property
    def channel(self) -> str:
        """How it would go out, in words."""
        recipient = recipient_of(addressee(self.loan, self.step), self.loan)
        return str(recipient.channel.label) if recipient else ""

    @property
    def waits_for_release(self) -> bool:
        return self.waiting is not None and self.waiting.needs_release and self.waiting.released_at is None


def coming(
    center: Center,
    *,
    today: date,
    days: int | None = 14,
    loans: LoanQuerySet | None = None,
    with_waiting: bool = False,
) -> list[Coming]:
    """The next reminder of each open loan (or only of ``loans``) that falls within ``days``; the soonest first.

    ``with_waiting``: also those that are written down and have not gone out. None at all while the centre has not
    switched reminders on.
    """
    if center.reminders_since is None:
        return []
    calendar, rows = calendar_of(center), remindable().filter(center=center)
    if loans is not None:
        rows = rows.filter(pk__in=loans.values("pk"))
    watches = list(watching(rows, Rulebook.of(center), today=today, calendar=calendar))
    found = [it for watch in watches if (it := _upcoming(watch, calendar, today)) is not None]
    if with_waiting:
        found += [Coming(today, it.loan, it.waiting.step, it.waiting) for it in watches if it.waiting]
    last = today + timedelta(days=days) if days is not None else date.max
    return sorted((it for it in found if it.on <= last), key=lambda it: (it.on, it.loan.pk))


def _upcoming(watch: Watched, calendar: Calendar, today: date) -> Coming | None:
    """None when there is nothing more to say, or the next step is written down already."""
    if watch.next is None or watch.waiting:
        return None
    on = max(watch.next.on, today + timedelta(days=1))
    while watch.next.step and not is_working_day(on, calendar):
        on += timedelta(days=1)
    return Coming(on, watch.loan, watch.next.step, may_go_now=may_go_now(watch, today=today))
