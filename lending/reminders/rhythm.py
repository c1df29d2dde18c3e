"""When the next reminder of a loan is due: a pure function on days.

Step 0 comes some open days before the due day, the steps from 1 on some working days after it. The steps follow each
other: whoever was never reminded begins with the first, however late, and between two steps there is never less time
than the rules leave between them (published rules of media centres give three days' grace and let the third notice
have consequences; FACTS).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lending.due_dates import Calendar, add_open_days, add_working_days


@dataclass(frozen=True)
class Rhythm:
    """Open days before (0: no reminder before) and working days after the due day."""

    days_before: int
    days_after: Sequence[int]


@dataclass(frozen=True)
class Told:
    """A step that has gone out, and when."""

    step: int
    on: date


@dataclass(frozen=True)
class Reminder:
    """A step and the first day it may go out."""

    step: int
    on: date


@dataclass(frozen=True)
class Late:
    """What the rhythm wants to know of a loan; days are local. ``promised_on`` is the day it was promised for: broken,
    the next level follows at once. Up to ``quiet_until_on`` nothing is said: somebody searches, or let reminders
    rest."""

    handed_over_on: date
    due_on: date
    promised_on: date | None = None
    quiet_until_on: date | None = None
    told: Sequence[Told] = ()


def next_reminder(loan: Late, rhythm: Rhythm, calendar: Calendar, *, today: date) -> Reminder | None:
    """The next step, on a day that may have passed; None when there is nothing more to say."""
    last = max(loan.told, key=lambda told: told.step, default=None)
    if last is None and today < loan.due_on:
        before = _before(loan, rhythm, calendar)
        if before is not None:
            return before
    step = last.step + 1 if last else 1
    if step > len(rhythm.days_after):
        return None
    return Reminder(step, _day_of(step, last, loan, rhythm, calendar))


def _before(loan: Late, rhythm: Rhythm, calendar: Calendar) -> Reminder | None:
    """Nobody is reminded on the day of the handover: the slip says the same."""
    on = add_open_days(loan.due_on, -rhythm.days_before, calendar)
    if not rhythm.days_before or on <= loan.handed_over_on:
        return None
    if loan.quiet_until_on is not None and on <= loan.quiet_until_on:
        on = add_open_days(loan.quiet_until_on, 1, calendar)
    return Reminder(0, on) if on < loan.due_on else None


def _day_of(step: int, last: Told | None, loan: Late, rhythm: Rhythm, calendar: Calendar) -> date:
    on = _day_by_promise(step, last, loan, rhythm, calendar)
    if loan.quiet_until_on is not None and on <= loan.quiet_until_on:
        return add_working_days(loan.quiet_until_on, 1, calendar)
    return on


def _day_by_promise(step: int, last: Told | None, loan: Late, rhythm: Rhythm, calendar: Calendar) -> date:
    days = rhythm.days_after
    on = add_working_days(loan.due_on, days[step - 1], calendar)
    if last is not None and last.step > 0:
        on = max(on, add_working_days(last.on, days[step - 1] - days[last.step - 1], calendar))
    if loan.promised_on is None or loan.promised_on < loan.due_on:
        return on
    after_promise = add_working_days(loan.promised_on, 1, calendar)
    has_answered = last is not None and last.on > loan.promised_on
    return max(on, after_promise) if has_answered else after_promise
