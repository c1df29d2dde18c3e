"""Products under new rules: what their lines and loans become, and who is short then. Decided before it is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from inventory.models import Product
from lending.allocation import Fixed, Plan
from lending.models import Allocation, AllocationKind, Line, Loan, Postponement
from lending.models.allocation import AN_INSTANT
from lending.models.postponement import Act
from lending.models.reservation import OPEN
from lending.planning import Planning, PlanOf, RowKey
from lending.rules.changes import LineFollowing, LoanFollowing, Period, Rewriting, may_go_back, of_line, of_loan
from lending.telling import told_of_closing


@dataclass
class Step:
    """All open lines and loans of one product that were planned by rules older than ``version``."""

    planning: Planning
    lines: list[LineFollowing]
    loans: list[LoanFollowing]
    rows: dict[int, Allocation]
    """The rows that change, with their new ranges; not saved."""
    result: PlanOf

    plans: list[Allocation]
    """What is planned for these lines."""

    @property
    def rows_short(self) -> set[int]:
        """Rows that would lose their unit."""
        return {pk for kind, pk, _ in self.result.short if kind == "row"}


def decide(products: Iterable[Product], new: Rewriting, *, version: int, now: datetime) -> list[Step]:
    """What becomes of everything that was planned by rules older than ``version``, a step for each product. Reads
    only; as many queries for a hundred products as for one."""
    known = {product.pk: product for product in products}
    lines, loans = _lines_by_older_rules(known, version, now), _loans_by_older_rules(known, version)
    undone, plannings, plans = _undone(lines, loans, new), Planning.read_all(known.values(), now), _plans_of(lines)
    steps = []
    for pk, product in known.items():
        line_changes = [
            of_line(line, product, new, has_begun=line.has_begun, undone=undone["line", line.pk])  # type: ignore[attr-defined]  # annotated below
            for line in lines
            if line.product_id == pk
        ]
        loan_changes = [
            of_loan(loan, product, new, now=now, undone=undone["loan", loan.pk])
            for loan in loans
            if loan.allocation.product_id == pk
        ]
        rows = _Rows(plannings[pk], line_changes, loan_changes, plans, now)
        for change in line_changes:
            if change.needs_room:
                rows.find_room(change)
        its = [row for change in line_changes for row in plans[change.line.pk]]
        steps.append(Step(plannings[pk], line_changes, loan_changes, rows.new, plannings[pk].settle(), its))
    return steps


def _lines_by_older_rules(products: Iterable[int], version: int, now: datetime) -> list[Line]:
    """Of open reservations, not over; behind the gate they are locked by it."""
    rows = Line.objects.filter(product__in=products, reservation__state__in=OPEN, blocked__endswith__gt=now)
    out = Loan.objects.filter(allocation__line=OuterRef("pk"))
    rows = rows.filter(calendar_version__lt=version).annotate(has_begun=Exists(out))
    return list(rows.select_related("reservation__institution").order_by("reservation_id", "pk"))


def _loans_by_older_rules(products: Iterable[int], version: int) -> list[Loan]:
    rows = Loan.objects.open().filter(allocation__product__in=products, calendar_version__lt=version)
    return list(rows.select_related("institution", "allocation__line", "item").order_by("pk"))


def _plans_of(lines: Iterable[Line]) -> defaultdict[int, list[Allocation]]:
    """What is planned for each line, by its id."""
    found: defaultdict[int, list[Allocation]] = defaultdict(list)
    for row in Allocation.objects.holding().filter(line__in=lines, kind=AllocationKind.PLAN).order_by("pk"):
        found[row.line_id or 0].append(row)
    return found


def _undone(
    lines: Iterable[Line], loans: Iterable[Loan], new: Rewriting
) -> defaultdict[tuple[str, int], list[Postponement]]:
    """What may go back to where it was: its day is open again, and nobody was told of the other one."""
    standing: defaultdict[tuple[str, int], list[Postponement]] = defaultdict(list)
    for row in Postponement.objects.standing().filter(Q(line__in=lines) | Q(loan__in=loans)):
        standing["line" if row.line_id else "loan", row.line_id or row.loan_id or 0].append(row)
    undone: defaultdict[tuple[str, int], list[Postponement]] = defaultdict(list)
    for line in lines:
        ends = {Act.PICKUP.value: line.starts_at, Act.RETURN.value: line.ends_at}
        undone["line", line.pk] = may_go_back(standing["line", line.pk], ends, new)
    for loan in loans:
        undone["loan", loan.pk] = may_go_back(standing["loan", loan.pk], {Act.RETURN.value: loan.due_at}, new)
    subjects = {("line", it.pk): it.reservation for it in lines} | {("loan", it.pk): it for it in loans}
    told = told_of_closing(subjects[key] for key, rows in undone.items() if rows)
    return defaultdict(list, {key: rows for key, rows in undone.items() if subjects[key] not in told})


class _Rows:
    """The rows of one product as they would be: puts every change into the picture that the planner looks at."""

    def __init__(
        self,
        planning: Planning,
        lines: Iterable[LineFollowing],
        loans: Iterable[LoanFollowing],
        plans: Mapping[int, list[Allocation]],
        now: datetime,
    ) -> None:
        self.planning, self.plans, self.now = planning, plans, now
        self.new: dict[int, Allocation] = {}
        for change in loans:
            self._lengthen(change)
        for it in lines:
            if not it.needs_room:
                self._put(it, it.new_blocked)

    def find_room(self, change: LineFollowing) -> None:
        """The first period in which all its units find room without harm to anybody who is not harmed anyway."""
        keys = self._keys(change)
        aside = {*keys, *self.planning.settle().short}
        others = {key: claim for key, claim in self.planning.claims.items() if key not in aside}
        for number, (start, end) in enumerate(change.blocked):
            wishes = [replace(self.planning.claims[key], start=start, end=end) for key in keys]
            if isinstance(replace(self.planning, claims=others).admit(wishes), Plan):
                change.chosen = number
                break
        else:
            change.chosen = 0 if change.must_move else None
        self._put(change, change.new_blocked)

    def _keys(self, change: LineFollowing) -> list[RowKey]:
        rows: list[RowKey] = [("row", row.pk, 0) for row in self.plans[change.line.pk]]
        short: list[RowKey] = [("short", change.line.pk, number) for number in range(change.line.shortfall)]
        return [key for key in rows + short if key in self.planning.claims]

    def _put(self, change: LineFollowing, blocked: Period) -> None:
        for row in self.plans[change.line.pk]:
            row.block(*_clipped(row, blocked, self.now))
            self.new[row.pk] = row
        for key in self._keys(change):
            known = self.new.get(key[1]) if key[0] == "row" else None
            start, end = (known.blocked.lower, known.blocked.upper) if known else blocked
            self.planning.claims[key] = replace(self.planning.claims[key], start=start, end=end)

    def _lengthen(self, change: LoanFollowing) -> None:
        row = change.loan.allocation
        if change.blocked_until == row.blocked.upper:
            return
        row.block(row.blocked.lower, max(change.blocked_until, row.blocked.lower + AN_INSTANT))
        self.new[row.pk] = row
        self.planning.fixed[row.pk] = Fixed(row.item_id, row.blocked.lower, row.blocked.upper)


def _clipped(row: Allocation, blocked: Period, now: datetime) -> Period:
    """A row does not reach further back on its unit than it does, unless that is still to come."""
    start = max(blocked[0], min(row.blocked.lower, now)) if blocked[0] < row.blocked.lower else blocked[0]
    return start, max(blocked[1], start + AN_INSTANT)
