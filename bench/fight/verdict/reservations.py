"""Every reservation that was told of is there once and whole, at the end it was given last; and there is no other."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from bench.fight.chronicle import Deed
from bench.fight.truth import Line, Reservation, Truth, grouped
from bench.fight.verdict.breach import Breach, moment


def breaches(truth: Truth, deeds: list[Deed]) -> Iterator[Breach]:
    rows = grouped(truth.reservations, "purpose")
    known = {deed.key for deed in deeds if deed.act == "book"}
    for purpose in rows.keys() - known:
        yield Breach("untold", f"nobody asked for {rows[purpose]}")
    afterwards = _afterwards(deeds)
    book = _Book(truth)
    for deed in deeds:
        if deed.act == "book":
            yield from _there_once(deed, rows.get(deed.key, []))
            if deed.is_done and len(rows.get(deed.key, [])) == 1:
                yield from book.compare(deed, rows[deed.key][0], afterwards[deed.answer["id"]])


def _there_once(deed: Deed, rows: list[Reservation]) -> Iterator[Breach]:
    if len(rows) > 1:
        yield Breach("doubled", f"{deed.key}: {rows}")
    elif deed.is_done and not rows:
        yield Breach("lost", f"{deed.key}: reservation {deed.answer['id']} was told and is not there")
    elif deed.is_done and rows[0].id != deed.answer["id"]:
        yield Breach("lost", f"{deed.key}: reservation {deed.answer['id']} was told, {rows[0]} is there")
    elif rows and deed.is_answered and not deed.is_done:
        yield Breach("untold", f"{deed.key} was refused ({deed.code}) and is there: {rows[0]}")


def _afterwards(deeds: list[Deed]) -> dict[int, list[Deed]]:
    """What was asked of each reservation later, in the order of asking."""
    found: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.act in {"extend", "cancel"}:
            found[int(deed.path.split("/")[1])].append(deed)
    return found


class _Book:
    def __init__(self, truth: Truth) -> None:
        self.lines, self.journal, loans = truth.lines_of(), truth.journal, truth.loan_of()
        self.planned = Counter(row.line_id for row in truth.allocations if row.holds and row.kind == "plan")
        self.lent = Counter(row.line_id for row in truth.allocations if row.id in loans)
        self.rows = grouped(truth.allocations, "line_id")

    def compare(self, deed: Deed, row: Reservation, later: list[Deed]) -> Iterator[Breach]:
        lines = self.lines[row.id]
        told, there = Counter[int](), Counter[int]()  # units by product: what is out parts from what is extended
        for it in deed.answer["lines"]:
            told[it["product"]] += it["quantity"]
        for line in lines:
            there[line.product_id] += line.quantity
        if told != there:
            yield Breach("half", f"{deed.key}: {told} was told, {lines} is there")
        for line in lines:
            yield from self._whole(line, row)
        yield from self._let_go(row, lines, [it for it in later if it.act == "cancel"])
        yield from self._ends(deed, row, [it for it in later if it.act == "extend"])
        if self.journal.get(("reservation.placed", row.id), 0) != 1:
            yield Breach("doubled", f"{row}: not placed once in the journal")

    def _whole(self, line: Line, row: Reservation) -> Iterator[Breach]:
        """Nothing is late or broken here, so nobody may be short."""
        kept = self.planned[line.id] + self.lent[line.id]
        if line.claimed != line.quantity or line.shortfall or kept + line.given_up != line.quantity:
            yield Breach("half", f"{row}: {line} has {kept} units: {self.rows[line.id]}")
        for unit in self.rows[line.id]:
            if unit.holds and unit.kind == "plan" and (unit.ends is None or unit.ends < line.ends_at):
                yield Breach("half", f"{row}: {unit} ends before {line}")
            if unit.product_id != line.product_id:
                yield Breach("half", f"{row}: {unit} is of another product than {line}")

    def _let_go(self, row: Reservation, lines: list[Line], cancels: list[Deed]) -> Iterator[Breach]:
        done = [deed for deed in cancels if deed.is_done]
        unsure = sum(not deed.is_answered for deed in cancels)
        states = {deed.answer["state"] for deed in done} | ({"canceled", "approved"} if unsure else set())
        if "canceled" in states and not unsure:
            states = {"canceled"}
        if row.state not in (states or {"approved"}):
            yield Breach("lost" if done else "untold", f"{row}: should be {states or 'approved'}")
        if done and any(self.planned[line.id] for line in lines):
            yield Breach("lost", f"{row} was canceled and keeps units: {lines}")
        if not cancels and any(line.given_up for line in lines):
            yield Breach("untold", f"{row}: nobody canceled it, and it gave up units: {lines}")
        written = self.journal.get(("reservation.canceled", row.id), 0)
        if not len(done) <= written <= len(done) + unsure:
            name = "lost" if written < len(done) else "doubled"
            yield Breach(name, f"{row} was told to be canceled {len(done)} times and was {written} times")

    def _ends(self, deed: Deed, row: Reservation, extends: list[Deed]) -> Iterator[Breach]:
        """Only who booked it extends it, one question after the other: the last answer counts."""
        done = [it for it in extends if it.is_done]
        unsure = sum(not it.is_answered for it in extends)
        if not unsure and row.ends_at != moment([deed, *done][-1].answer["ends_at"]):
            yield Breach("lost", f"{row} should end at {[deed, *done][-1].answer['ends_at']}")
        if self.journal.get(("reservation.changed", row.id), 0) > len(done) + unsure:  # it may change nothing
            yield Breach("doubled", f"{row} was told to be extended {len(done)} times and was changed more often")
