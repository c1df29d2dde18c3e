"""Who fights: teachers for their school, the desk for everybody; few units, and days within the next weeks."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Lock, Thread
from typing import Any, Final

from bench.fight.caller import Caller

LONGEST: Final = 3  # days
MOST_KNOWN: Final = 60  # reservations that are talked of; older ones rest


class Board:
    """What the writers have been told so far, and tell each other."""

    def __init__(self, stage: dict[str, Any], *, days: int) -> None:
        self.days = days
        self.institutions: list[int] = stage["institutions"]
        self.codes: dict[int, list[str]] = {int(pk): codes for pk, codes in stage["products"].items()}
        self.reservations: dict[int, dict[str, Any]] = {}
        self.out: dict[str, int] = {}  # code, and the loan it is out on
        self.lock = Lock()

    def learn(self, reservation: dict[str, Any]) -> None:
        with self.lock:
            self.reservations[reservation["id"]] = reservation
            if len(self.reservations) > MOST_KNOWN:
                self.reservations.pop(min(self.reservations))

    def forget(self, reservation: int) -> None:
        with self.lock:
            self.reservations.pop(reservation, None)

    def gave(self, loans: list[dict[str, Any]]) -> None:
        with self.lock:
            self.out |= {loan["code"]: loan["id"] for loan in loans}

    def has_back(self, loans: list[dict[str, Any]]) -> None:
        with self.lock:
            for loan in loans:
                if self.out.get(loan["code"]) == loan["id"]:
                    del self.out[loan["code"]]


class Writer(Thread):
    """One person: an act, its answer, the next act, until it is over."""

    def __init__(
        self, number: int, caller: Caller, board: Board, over: Event, rng: random.Random, *, school: int | None
    ) -> None:
        super().__init__(name=f"writer-{number}", daemon=True)
        self.number, self.caller, self.board, self.over, self.rng = number, caller, board, over, rng
        self.school, self.acts = school, 0
        self.own: dict[int, dict[str, Any]] = {}
        choices: dict[Callable[[], None], int] = {self.book: 6, self.extend: 3, self.cancel: 3}
        if school is None:
            at_the_desk = {self.hand_over: 10, self.hand_over_unreserved: 4, self.take_back: 12, self.renew: 2}
            choices |= at_the_desk
        self.choices = choices

    def run(self) -> None:
        while not self.over.is_set():
            (act,) = self.rng.choices(list(self.choices), list(self.choices.values()))
            act()

    def book(self) -> None:
        institution = self.school or self.rng.choice(self.board.institutions)
        products = self.rng.sample(list(self.board.codes), min(len(self.board.codes), self.rng.choice((1, 1, 2))))
        start = self._day(1, self.board.days)
        body = {
            "institution": institution,
            "starts_at": f"{start}",
            "ends_at": f"{start + timedelta(days=self.rng.randint(1, LONGEST))}",
            "lines": [{"product": product, "quantity": self.rng.choice((1, 1, 2))} for product in products],
        }
        if told := self._ask("book", "reservations/", body, signed="purpose"):
            self.own[told["id"]] = told
            self.board.learn(told)

    def extend(self) -> None:
        """One's own only, so that the order of the answers is the order of the changes."""
        if not self.own:
            return self.book()
        reservation = self.own[self.rng.choice(list(self.own))]
        end = date.fromisoformat(reservation["ends_at"][:10]) + timedelta(days=self.rng.choice((-1, 1, 1, 2)))
        if told := self._ask("extend", f"reservations/{reservation['id']}/extend/", {"until": f"{end}"}):
            self.own[told["id"]] = told
        return None

    def cancel(self) -> None:
        known = list(self.own if self.school else self.board.reservations)
        if not known:
            return self.book()
        chosen = self.rng.choice(known)
        if told := self._ask("cancel", f"reservations/{chosen}/cancel/", {}, signed="reason"):
            self.board.forget(told["id"])
        self.own.pop(chosen, None)
        return None

    def hand_over(self) -> None:
        """By the codes of any units of the product, planned or not: at the desk that swaps the plan."""
        with self.board.lock:
            known = list(self.board.reservations.values())
        if not known:
            return self.book()
        reservation = self.rng.choice(known)
        codes = [
            code
            for line in reservation["lines"]
            for code in self._inside(line["product"], self.rng.randint(1, line["quantity"]))
        ]
        self._give("hand over", {"reservation": reservation["id"], "items": codes})
        return None

    def hand_over_unreserved(self) -> None:
        codes = self._inside(self.rng.choice(list(self.board.codes)), self.rng.choice((1, 2)))
        due = self._day(1, LONGEST)
        institution = self.rng.choice(self.board.institutions)
        self._give("hand over unreserved", {"institution": institution, "items": codes, "due_at": f"{due}"})

    def take_back(self) -> None:
        with self.board.lock:
            out = sorted(self.board.out)
        if not out:
            return self.hand_over()
        codes = self.rng.sample(out, min(len(out), self.rng.choice((1, 1, 2, 3))))
        if told := self._ask("return", "returns/", {"items": [{"code": code} for code in codes]}):
            self.board.has_back(told["loans"])
        return None

    def renew(self) -> None:
        with self.board.lock:
            loans = list(self.board.out.values())
        if not loans:
            return self.book()
        until = self._day(2, self.board.days + LONGEST)
        self._ask("renew", f"loans/{self.rng.choice(loans)}/renew/", {"until": f"{until}"})
        return None

    def _give(self, act: str, body: dict[str, Any]) -> None:
        if told := self._ask(act, "handovers/", body, signed="collected_by"):
            self.board.gave(told["loans"])

    def _inside(self, product: int, count: int) -> list[str]:
        """Codes of units that are probably on the shelf; sometimes one that is not."""
        codes = self.board.codes[product]
        shelf = [code for code in codes if code not in self.board.out]
        chosen = shelf if len(shelf) >= count and self.rng.random() < 0.9 else codes
        return self.rng.sample(chosen, min(count, len(chosen)))

    def _day(self, first: int, last: int) -> date:
        return date.today() + timedelta(days=self.rng.randint(first, last))  # noqa: DTZ011 - the machine's day will do

    def _ask(self, act: str, path: str, body: dict[str, Any], *, signed: str = "") -> dict[str, Any] | None:
        """What was answered if it was done. ``signed`` is the field that carries the key into the database."""
        self.acts += 1
        key = f"w{self.number}-{self.acts}"
        said = self.caller.act(act, path, body | ({signed: key} if signed else {}), key=key)
        return said.answer if said is not None and said.is_done else None
