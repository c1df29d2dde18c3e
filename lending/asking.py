"""Asking the plans of several products for units at once: all of them, or a refusal over the whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from lending.allocation import Claim, Outlook, Plan
from lending.models import Allocation, AllocationKind, Line
from lending.planning import ClaimOf, Planning, PlanOf, RefusalOf, RowKey, claim_of, extent


@dataclass
class Asked:
    """What is asked of one product: units for lines, each unit a claim. ``planning`` is what is there without them.

    ``stands_for``: by its id, the line that people know a line as (it may have been parted for the question), and how
    many of its units are out, for which nothing is asked. ``granted`` was asked before in the same act, and comes
    before ``claims``; nothing of it is written yet, and ``plan`` is the last answer, which serves all of it.
    """

    planning: Planning
    claims: list[ClaimOf] = field(default_factory=list)
    line_of: dict[RowKey, Line] = field(default_factory=dict)
    stands_for: dict[int, tuple[int, int]] = field(default_factory=dict)
    granted: list[ClaimOf] = field(default_factory=list)
    plan: PlanOf | None = None

    def want(self, line: Line, *claims: ClaimOf) -> None:
        """These claims belong to ``line``."""
        self.claims.extend(claims)
        self.line_of.update((claim.key, line) for claim in claims)

    def want_new(self, line: Line, units: int) -> None:
        """So many units more for ``line``, any of them."""
        number = sum(1 for kind, _, _ in self.line_of if kind == "new")
        keys: list[RowKey] = [("new", number, unit) for unit in range(units)]
        self.want(line, *(Claim(key, *extent(line)) for key in keys))

    def want_anew(self, line: Line, rows: Iterable[Allocation], units: int) -> None:
        """``units`` for a line that has ``rows``, and may be short: each row's present one first, the others any."""
        claims = [claim_of(row) for row in rows]
        for key in [*(claim.key for claim in claims), *(("short", line.pk, it) for it in range(line.shortfall))]:
            self.planning.claims.pop(key, None)
        self.want(line, *claims)
        self.want_new(line, units - len(claims))

    def wanted(self, line: Line) -> int:
        return sum(1 for other in self.line_of.values() if other is line)

    def given(self, line: Line, keys: Iterable[RowKey]) -> int:
        """How many of ``keys`` are units of ``line``."""
        return sum(1 for key in keys if self.line_of.get(key) is line)

    def new_units(self, answer: PlanOf) -> list[tuple[Line, int]]:
        """The lines and the items that were not theirs before."""
        served = answer.assignments.items()
        return [(self.line_of[key], item) for key, item in served if key[0] == "new"]

    def answer(self) -> PlanOf | RefusalOf:
        """Packed units stay with their line if they can; if they cannot, others serve it as well."""
        if not self.claims:
            return self._as_it_is()
        answer = self.planning.admit([*self.granted, *self.claims])
        if isinstance(answer, Plan) or not any(claim.is_pinned for claim in self.claims):
            return answer
        return self.planning.admit([*self.granted, *(replace(claim, is_pinned=False) for claim in self.claims)])

    def grant(self, answer: PlanOf) -> None:
        """What was asked will be had, as ``answer`` says; what is asked next comes after it."""
        self.granted, self.claims, self.plan = [*self.granted, *self.claims], [], answer

    def take_back(self) -> None:
        """What was asked and not granted is asked no longer."""
        for claim in self.claims:
            del self.line_of[claim.key]
        self.claims = []

    def rows(self) -> list[Allocation]:
        """What was granted, as it will stand in the plan; not saved."""
        units = self.new_units(self.plan) if self.plan else []
        return [Allocation(kind=AllocationKind.PLAN, item_id=item, blocked=line.blocked) for line, item in units]

    def outlook(self) -> Outlook[datetime]:
        """To be asked again and again what would be admitted beside what is there and what was granted."""
        planning = self.planning.apart()
        planning.claims.update((claim.key, claim) for claim in self.granted)
        return planning.outlook()

    def _as_it_is(self) -> PlanOf:
        """Units only become free. Whoever was short may have them, if that can be planned; nobody loses his."""
        answer = self.planning.admit()
        if isinstance(answer, Plan):
            return answer
        return Plan({it.key: it.current for it in self.planning.claims.values() if it.current is not None}, moves={})
