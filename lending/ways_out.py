"""A refusal explains itself and offers a way out (DESIGN 3.5), over everything that was asked for at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NoReturn

from lending.allocation import Refusal
from lending.asking import Asked
from lending.availability import Reason
from lending.due_dates import shifted
from lending.models import Line
from lending.planning import PlanOf, RefusalOf
from lending.refusals import NotAvailable, PartlyAvailable, PlanningUndecided
from lending.surroundings import Surroundings

Period = tuple[datetime, datetime]


@dataclass(frozen=True)
class Offer:
    """One line that was asked for, and how many of its units it could have beside the other lines.

    ``line`` is its id if it stands already, ``capacity`` and ``reasons`` are told of those that cannot be whole.
    """

    line: int | None
    product: int
    name: str
    quantity: int
    available: int
    starts_at: datetime
    ends_at: datetime
    capacity: int = 0
    reasons: Sequence[Reason] = ()

    @property
    def is_whole(self) -> bool:
        return self.available == self.quantity

    def posted(self, *, quantity: int, days: int = 0) -> dict[str, Any]:
        """As the API takes it: the line put off by ``days``."""
        starts_at, ends_at = shifted(self.starts_at, days), shifted(self.ends_at, days)
        line = {"line": self.line} if self.line else {}
        return {**line, "product": self.product, "quantity": quantity, "starts_at": starts_at, "ends_at": ends_at}


def refuse(
    lines: Sequence[Line],
    asked: Mapping[int, Asked],
    answers: Mapping[int, PlanOf | RefusalOf],
    around: Surroundings | None = None,
) -> NoReturn:
    """Say no to ``lines``, because one product at least cannot serve its part. All by product id.

    ``around``: for whoever may have to refuse more than once.

    Raises NotAvailable if nothing of it is free, PartlyAvailable, or PlanningUndecided.
    """
    refused = {pk: answer for pk, answer in answers.items() if isinstance(answer, Refusal)}
    if any(answer.is_undecided for answer in refused.values()):
        raise PlanningUndecided
    around = around or Surroundings(lines)
    offers = [_offer(line, asked[line.product_id], refused.get(line.product_id), around) for line in lines]
    short = next(offer for offer in offers if not offer.is_whole)
    later = _later(lines, asked, around)
    next_free = shifted(short.starts_at, later) if later else None
    refusal = PartlyAvailable if any(offer.available for offer in offers) else NotAvailable
    raise refusal(
        alternatives=[*_other_times(offers, later), *_part_of_it(offers), *_others(lines, offers, around)],
        product=short.name,
        starts_at=short.starts_at,
        ends_at=short.ends_at,
        quantity=short.quantity,
        available=short.available,
        capacity=short.capacity,
        reasons=short.reasons,
        next_free=next_free,
        lines=offers,
    )


def _offer(line: Line, asked: Asked, refusal: RefusalOf | None, around: Surroundings) -> Offer:
    known_as, out = asked.stands_for.get(line.pk, (line.pk, 0))
    planning, quantity = asked.planning, asked.wanted(line)
    whole = quantity + out
    offer = Offer(known_as, line.product_id, planning.product.name, whole, whole, line.starts_at, line.ends_at)
    if refusal is None or (available := _available(line, asked, refusal)) == quantity:
        return offer
    reasons = around.reasons(line, asked)
    return replace(offer, available=available + out, capacity=len(planning.items), reasons=reasons)


def _available(line: Line, asked: Asked, refusal: RefusalOf) -> int:
    """What could be had beside the other lines; nothing if it would be taken from somebody who has it."""
    return 0 if refusal.harmed else asked.given(line, refusal.admissible)


def _other_times(offers: Sequence[Offer], later: int | None) -> Iterator[Mapping[str, Any]]:
    if later:
        lines = [offer.posted(quantity=offer.quantity, days=later) for offer in offers]
        starts_at, ends_at = min(it["starts_at"] for it in lines), max(it["ends_at"] for it in lines)
        yield {"kind": "later", "starts_at": starts_at, "ends_at": ends_at, "lines": lines}


def _part_of_it(offers: Sequence[Offer]) -> Iterator[Mapping[str, Any]]:
    """ "2 statt 4" of one line; of several, everything that is free: "2 von 4 Sets, den Beamer ja"."""
    lines = [offer.posted(quantity=offer.available) for offer in offers if offer.available]
    if lines and len(offers) == 1:
        yield {"kind": "fewer", "product": offers[0].product, "quantity": offers[0].available, "lines": lines}
    elif lines:
        yield {"kind": "partly", "lines": lines}


def _others(lines: Sequence[Line], offers: Sequence[Offer], around: Surroundings) -> Iterator[Mapping[str, Any]]:
    for line, offer in zip(lines, offers, strict=True):
        if not offer.is_whole:
            for product in around.similar(line, offer.quantity):
                yield {"kind": "similar", "product": product.pk, "name": product.name, "instead_of": offer.product}


def _later(lines: Sequence[Line], asked: Mapping[int, Asked], around: Surroundings) -> int | None:
    """By how many days all of it would have to be put off, on open days and at the same times of day."""
    outlooks = {pk: it.outlook() for pk, it in asked.items()}
    periods = {pk: [_blocked(it.line_of[claim.key]) for claim in it.claims] for pk, it in asked.items()}

    def is_free(days: int) -> bool:
        return all(outlook.has_room_for(_put_off(periods[pk], days)) for pk, outlook in outlooks.items())

    return next((days for days in around.days_for(lines) if is_free(days)), None)


def _put_off(periods: Iterable[Period], days: int) -> Iterator[Period]:
    return ((shifted(start, days), shifted(end, days)) for start, end in periods)


def _blocked(line: Line) -> Period:
    return line.blocked.lower, line.blocked.upper
