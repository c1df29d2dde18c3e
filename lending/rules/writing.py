"""A step is written: rows are parked and moved, lines and loans get their new days, and what moved is noted."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from lending import licensing
from lending.models import Allocation, Line, Loan, Postponement, Reservation
from lending.models.postponement import Act
from lending.notices import STEPS
from lending.reservations.spanning import span
from lending.rules.changes import LineFollowing, LoanFollowing
from lending.rules.step import Step
from lending.telling import CLOSING_DAY, tell_again
from people import journal, letters


def write(step: Step, *, version: int, now: datetime) -> None:
    """Behind the gate of the step's product."""
    awaited = {it.line.pk for it in step.lines if _is_awaited(it, step)}
    with step.planning.writing(step.result, reason="calendar"):
        _write_rows(step)
        _write_lines(step.lines, version)
        _write_loans(step.loans, version)
    _write_licenses(step, now)
    for line in step.lines:
        if line.has_moved and line.line.pk in awaited:
            _note_line(line, now)
    _write_reservations([it for it in step.lines if it.has_moved])
    for loan in step.loans:
        if loan.has_moved:
            _note_loan(loan, now)


def _is_awaited(change: LineFollowing, step: Step) -> bool:
    """Something of the line is still to be collected; else what is out is told of by itself."""
    line = change.line
    return line.claimed == 0 or line.shortfall > 0 or any(row.line_id == line.pk for row in step.plans)


def _write_rows(step: Step) -> None:
    """Rows that keep their unit are parked, too: one may move to where another has just been."""
    moving = {pk for kind, pk, _ in step.result.moves if kind == "row"}
    going = [row for pk, row in step.rows.items() if pk in moving]
    staying = [row for pk, row in step.rows.items() if pk not in moving and pk not in step.rows_short]
    Allocation.objects.filter(pk__in=[row.pk for row in staying]).update(holds=False)
    Allocation.objects.bulk_update(going, ["blocked"])
    for row in staying:
        row.holds = True
    Allocation.objects.bulk_update(staying, ["blocked", "holds"])


def _write_lines(changes: list[LineFollowing], version: int) -> None:
    fields = ["starts_at", "ends_at", "blocked", "calendar_version"]
    Line.objects.bulk_update([_moved(change, version) for change in changes], fields)


def _moved(change: LineFollowing, version: int) -> Line:
    return Line(
        pk=change.line.pk,
        starts_at=change.after[0],
        ends_at=change.after[1],
        blocked=DateTimeTZRange(*change.new_blocked),
        calendar_version=version,
    )


def _write_loans(changes: list[LoanFollowing], version: int) -> None:
    moved = [Loan(pk=change.loan.pk, due_at=change.due_at, calendar_version=version) for change in changes]
    Loan.objects.bulk_update(moved, ["due_at", "calendar_version"])


def _write_licenses(step: Step, now: datetime) -> None:
    moved = Q(pk__in=[it.line.pk for it in step.lines]) | Q(allocations__loan__in=[it.loan.pk for it in step.loans])
    licensing.follow(Line.objects.filter(moved, medium__isnull=False).distinct(), now=now)


def _write_reservations(changes: list[LineFollowing]) -> None:
    for reservation in {it.line.reservation_id: it.line.reservation for it in changes}.values():
        span(reservation)
        tell_again(reservation)


def _note_line(change: LineFollowing, now: datetime) -> None:
    line, reservation = change.line, change.line.reservation
    if change.undone and change.chosen is not None:
        _take_back(reservation, change.undone, now)
        journal.record("reservation.moved_back", reservation, by=None, line=line.pk, starts_at=change.after[0])
        return
    for act, before, after in zip(Act, change.before, change.after, strict=True):
        if before != after:
            Postponement.objects.create(
                center_id=line.center_id, line=line, act=act, before_at=before, after_at=after, moved_at=now
            )
    starts_at, ends_at = change.after
    journal.record("reservation.postponed", reservation, by=None, line=line.pk, starts_at=starts_at, ends_at=ends_at)


def _note_loan(change: LoanFollowing, now: datetime) -> None:
    loan = change.loan
    for kind in STEPS:
        letters.withdraw(loan, kind)
    if change.undone:
        _take_back(loan, change.undone, now)
        journal.record("loan.moved_back", loan, by=None, item=loan.item_id, until=change.due_at)
        return
    Postponement.objects.create(
        center_id=loan.center_id,
        loan=loan,
        act=Act.RETURN,
        before_at=loan.due_at,
        after_at=change.due_at,
        moved_at=now,
    )
    journal.record("loan.postponed", loan, by=None, item=loan.item_id, until=change.due_at)


def _take_back(subject: Reservation | Loan, undone: list[Postponement], now: datetime) -> None:
    """What is left of the news, if anything, is told anew."""
    letters.withdraw(subject, CLOSING_DAY)
    Postponement.objects.filter(pk__in=[it.pk for it in undone]).update(undone_at=now)
    if isinstance(subject, Reservation):
        Postponement.objects.standing().filter(line__reservation=subject).update(told_at=None)
