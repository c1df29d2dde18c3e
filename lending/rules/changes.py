"""What new rules mean for each line and each loan: its days and its blocked range. Computed, not written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from inventory.models import Product
from lending import due_dates
from lending.due_dates import A_DAY, Calendar, Edit, Way, local_day
from lending.models import Delivery, Line, Loan, Postponement
from lending.models.postponement import Act
from lending.rulebook import Rulebook

Period = tuple[datetime, datetime]
CANDIDATES = 10
"""Days that are tried for what lies within one day (a room), until there is room."""


@dataclass(frozen=True)
class Rewriting:
    """The new rules, the calendars that they replace (by version), and the day on which one looks."""

    rulebook: Rulebook
    calendar_at: Callable[[int], Calendar]
    today: date

    def edit_since(self, version: int) -> Edit:
        return Edit(self.calendar_at(version), self.rulebook.calendar)


@dataclass
class LineFollowing:
    """Where a line goes: the first of ``periods`` that can be served; the first one all the same if ``must_move``."""

    line: Line
    periods: list[Period]
    must_move: bool
    blocked: list[Period]
    undone: list[Postponement] = field(default_factory=list)
    chosen: int | None = 0
    """Which of the periods it is; None if it stays where it was."""

    @property
    def before(self) -> Period:
        return self.line.starts_at, self.line.ends_at

    @property
    def after(self) -> Period:
        return self.before if self.chosen is None else self.periods[self.chosen]

    @property
    def new_blocked(self) -> Period:
        if self.chosen is None:
            return self.line.blocked.lower, self.line.blocked.upper
        return self.blocked[self.chosen]

    @property
    def has_moved(self) -> bool:
        return self.after != self.before

    @property
    def needs_room(self) -> bool:
        """It goes where others may be, and not only makes room."""
        return len(self.periods) > 1 or not self.must_move


@dataclass
class LoanFollowing:
    loan: Loan
    due_at: datetime
    blocked_until: datetime
    undone: list[Postponement] = field(default_factory=list)

    @property
    def has_moved(self) -> bool:
        return self.due_at != self.loan.due_at


def of_line(
    line: Line, product: Product, new: Rewriting, *, has_begun: bool, undone: list[Postponement]
) -> LineFollowing:
    """``undone``: postponements that may be taken back because their day is open again."""
    institution = line.reservation.institution
    rules = new.rulebook.rules(product, institution)
    way = Way(institution.tour_day if line.reservation.delivery == Delivery.COURIER else None)
    edit, period = new.edit_since(line.calendar_version), (line.starts_at, line.ends_at)
    if back := _where_it_was(period, undone):
        periods, must_move = [back], False
    else:
        periods = [due_dates.moved_period(period, edit, pickup=way, back=way, has_begun=has_begun)]
        must_move = True
        if local_day(period[0]) == local_day(period[1]) and periods[0] != period:
            periods += _further_days(periods[0], new.rulebook.calendar, way)
    blocked = [due_dates.blocked(it, rules, new.rulebook.calendar) for it in periods]
    return LineFollowing(line, periods, must_move, blocked, undone)


def of_loan(
    loan: Loan, product: Product, new: Rewriting, *, now: datetime, undone: list[Postponement]
) -> LoanFollowing:
    rules = new.rulebook.rules(product, loan.institution)
    edit, calendar = new.edit_since(loan.calendar_version), new.rulebook.calendar
    due_at = loan.due_at
    if undone:
        due_at = undone[-1].before_at
    elif loan.dropped_off_at is None and loan.lost_at is None:
        was_due_on_tour = rules.tour_day == local_day(due_at).weekday()
        way = Way(rules.tour_day if was_due_on_tour else None, avoids_holidays=not rules.counts_holidays)
        due_at = due_dates.moved(due_at, edit, way)
    until = due_dates.blocked((due_at, due_at), rules, calendar)[1]
    if due_dates.grace_ends(due_at, calendar) <= now:
        until = loan.allocation.blocked.upper  # late already: how long it goes on blocking is said elsewhere
    elif loan.expected_back_at:
        until = max(until, loan.expected_back_at)
    return LoanFollowing(loan, due_at, until, undone)


def may_go_back(
    standing: Sequence[Postponement], current: Mapping[str, datetime], new: Rewriting
) -> list[Postponement]:
    """The last postponements of one line or loan, the newest first, whose day is open again and still to come.

    ``current`` is where pickup and return are now: what somebody has moved since by hand stays there.
    """
    found: list[Postponement] = []
    for act, moment in current.items():
        for row in sorted((it for it in standing if it.act == act), key=lambda it: -it.pk):
            day = local_day(row.before_at)
            if row.after_at != moment or day < new.today or not due_dates.is_open(day, new.rulebook.calendar):
                break
            found.append(row)
            moment = row.before_at
    return found


def _where_it_was(period: Period, undone: Sequence[Postponement]) -> Period | None:
    if not undone:
        return None
    before = {it.act: it.before_at for it in undone}
    return before.get(Act.PICKUP.value, period[0]), before.get(Act.RETURN.value, period[1])


def _further_days(period: Period, calendar: Calendar, way: Way) -> list[Period]:
    found: list[Period] = []
    for _ in range(CANDIDATES):
        last = (found or [period])[-1]
        day = local_day(last[0])
        days = (way.next_day(day, calendar) - day) // A_DAY
        found.append((due_dates.shifted(last[0], days), due_dates.shifted(last[1], days)))
    return found
