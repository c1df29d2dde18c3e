"""What schools ask for, fetch and bring back, noted row by row as the verbs would have written it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from inventory.models import Item
from lending.models import Allocation, Extra, Finding, Handover, Line, Loan, Outage, Reservation, State
from people.models import Institution, User
from tests.authorization.sheets import Sheets

SOME_DAYS = timedelta(days=3)


@dataclass
class Trade:
    sheets: Sheets
    now: datetime

    def reserve(self, who: User, at: Institution, state: str, *, begins: int, **more: Any) -> Reservation:
        since, until = self._days(begins)
        facts = {"institution": at, "responsible": who, "state": state, "starts_at": since, "ends_at": until}
        return self.sheets.note(Reservation, **facts, purpose=f"Projekt von {who.name}", **more)

    def promise(self, reservation: Reservation, item: Item) -> Line:
        """A line of its own, for which the item is planned."""
        line = self._line(reservation, item)
        self._block(item, "plan", line.starts_at, line.ends_at, line=line)
        return line

    def cancel(self, who: User, at: Institution, item: Item) -> None:
        self._line(self.reserve(who, at, State.CANCELED, begins=-20), item, given_up=1)

    def slip(self, who: User, at: Institution, *, due: int, reservation: Reservation | None = None) -> Handover:
        begun, due_at = self.now - timedelta(days=8), self.now + timedelta(days=due, minutes=1)
        moments = {"happened_at": begun, "entered_at": begun, "due_at": due_at}
        return self.sheets.note(Handover, institution=at, responsible=who, reservation=reservation, **moments)

    def give(self, slip: Handover, item: Item, **facts: Any) -> Loan:
        """The item goes out on the slip, for its reservation if it has one."""
        begun, back = slip.happened_at, facts.get("returned_at")
        line = self._line(slip.reservation, item) if slip.reservation else None
        until = back or max(slip.due_at, self.now) + SOME_DAYS
        row = self._block(item, "loan", begun, until, line=line, holds=back is None)
        whose = {"institution": slip.institution, "responsible": slip.responsible, "handover": slip}
        self.sheets.note(Extra, handover=slip, name=f"Kabel zu {item.asset_number}")
        moments = {"handed_over_at": begun, "due_at": slip.due_at}
        return self.sheets.note(Loan, allocation=row, item=item, **whose, **moments, **facts)

    def find(self, item: Item, loan: Loan) -> None:
        self.sheets.note(Finding, item=item, loan=loan, kind="damaged", note="Kratzer", found_at=self.now)

    def repair(self, item: Item) -> None:
        outage = self.sheets.note(Outage, item=item, reason="repair", starts_at=self.now)
        self._block(item, "outage", self.now, self.now + SOME_DAYS, outage=outage)

    def _line(self, reservation: Reservation, item: Item, **facts: Any) -> Line:
        since, until = reservation.starts_at, reservation.ends_at
        period = {"starts_at": since, "ends_at": until, "blocked": DateTimeTZRange(since, until)}
        return self.sheets.note(
            Line, reservation=reservation, product=item.product, quantity=1, claimed=1, **period, **facts
        )

    def _block(self, item: Item, kind: str, since: datetime, until: datetime, **facts: Any) -> Allocation:
        blocked = DateTimeTZRange(since, until)
        return self.sheets.note(Allocation, product=item.product, item=item, kind=kind, blocked=blocked, **facts)

    def _days(self, begins: int) -> tuple[datetime, datetime]:
        since = self.now + timedelta(days=begins)
        return since, since + SOME_DAYS
