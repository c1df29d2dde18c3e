"""What letters about lending need to know: names of things, numbers and moments, never of people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from inventory.fitness import pieces_of
from inventory.models import Part
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, local_day
from lending.models import (
    Allocation,
    AllocationKind,
    Delivery,
    Extra,
    Finding,
    Handover,
    Line,
    Loan,
    Reservation,
    State,
)
from lending.reasons import facts_of_loans, facts_of_reservation
from lending.rulebook import Rulebook
from people import letters
from people.models import Intent

CLOSING_DAY: Final = "closing_day"
PART_MISSING: Final = "part_missing"
DAYS_TO_LOOK: Final = 5  # open days for a part that did not come back


def tell_of_reservation(reservation: Reservation) -> Intent | None:
    """The letter that its state asks for."""
    return _tell_wish(f"reservation_{reservation.state}", reservation)


def tell_of_all(placed: Sequence[tuple[Reservation, Sequence[Line]]], book: Rulebook) -> None:
    """The same of reservations that are new, of one state and for one person, each with its lines; ``book``: the rules
    of their centre. One statement."""
    first, _lines = placed[0]
    facts = ((reservation, _facts_of_wish(reservation, lines, book)) for reservation, lines in placed)
    letters.intend_all(f"reservation_{first.state}", facts, first.responsible or first.contact)


def tell_of_canceled(reservations: Sequence[Reservation], lines: Iterable[Line]) -> None:
    """What is off, whoever asked for it; a series may have passed to somebody else in part. ``lines``: theirs, and
    maybe others. As many statements for many as for one."""
    if not reservations:
        return
    told = Reservation.objects.select_related("institution__center", "responsible", "contact__institution")
    known = told.in_bulk([it.pk for it in reservations])
    lines_of, placed = defaultdict[int, list[Line]](list), defaultdict[Any, list[Reservation]](list)
    for line in lines:
        lines_of[line.reservation_id].append(line)
    for it in reservations:
        placed[known[it.pk].responsible or known[it.pk].contact].append(known[it.pk])
    book = Rulebook.of(known[reservations[0].pk].institution.center)
    for theirs in placed.values():
        tell_of_all([(it, lines_of[it.pk]) for it in theirs], book)


def tell_free(reservation: Reservation) -> Intent | None:
    """What somebody waits for seems to be free: a hint, for nothing is held."""
    return _tell_wish("reservation_free", reservation)


def tell_cannot_be_kept(line: Line, *, next_on: datetime | None = None) -> Intent | None:
    """What falls out, and from when on it could be had; a person releases it."""
    reservation = line.reservation
    return letters.intend(
        "cannot_be_kept",
        reservation,
        reservation.responsible or reservation.contact,
        step=line.pk,
        number=reservation.number,
        starts_at=line.starts_at,
        things=[{"product": line.product.name, "quantity": line.shortfall or line.quantity}],
        reason="",
        next_on=local_day(next_on) if next_on else None,
    )


def tell_of_change(reservation: Reservation) -> Intent | None:
    """Each change is news: what was told of an earlier one does not stand in its way."""
    letters.withdraw(reservation, "reservation_changed")
    return _tell_wish("reservation_changed", reservation)


def tell_of_rejected_change(reservation: Reservation, reason: str) -> Intent | None:
    """What was told of the change is not true any more; it stays as it was promised, and why."""
    for kind in ("reservation_requested", "reservation_changed", "reservation_kept"):
        letters.withdraw(reservation, kind)
    return _tell_wish("reservation_kept", reservation)


def tell_again(reservation: Reservation) -> None:
    """What was written down of it and has not left the house is told with the days as they are now."""
    reservation = Reservation.objects.select_related("institution").get(pk=reservation.pk)
    kinds = Intent.objects.about(reservation).current().filter(kind__startswith="reservation_", letter__sent_at=None)
    for kind in list(kinds.values_list("kind", flat=True).distinct()):
        _tell_wish(kind, reservation)


def tell_of_handover(handover: Handover, loans: Sequence[Loan], extras: Sequence[Extra], book: Rulebook) -> None:
    """What went along, and until when: the slip as a mail. A slip is finished once."""
    facts = {
        "number": handover.number,
        "due_at": handover.due_at,
        "due_reasons": facts_of_loans(loans, book),
        "things": [thing(loan) for loan in loans],
        "extras": [{"name": extra.name, "quantity": extra.quantity} for extra in extras],
    }
    letters.intend_all("handed_over", [(handover, facts)], handover.responsible or handover.contact)


def tell_of_renewal(loan: Loan) -> Intent | None:
    """Each renewal is news of its own."""
    to = loan.responsible or loan.contact
    return letters.intend("renewed", loan, to, step=loan.renewals, due_at=loan.due_at, **thing(loan))


def tell_of_missing(loan: Loan, missing: Mapping[Part, int], *, now: datetime) -> Intent | None:
    """What to look for, and until which open day."""
    until_on = add_open_days(local_day(now), DAYS_TO_LOOK, calendar_of(loan.center))
    to = loan.responsible or loan.contact
    return letters.intend(PART_MISSING, loan, to, parts=_parts(missing), until_on=until_on, **thing(loan))


def tell_brought_later(
    loan: Loan, brought: Finding, still_missing: Sequence[Finding], *, now: datetime
) -> Intent | None:
    """Thanks for a part that turned up, and what is still missing; thanked is only who was asked."""
    asked = Intent.objects.about(loan).current().filter(kind=PART_MISSING).select_related("letter")
    was_asked = any(it.letter is not None and it.letter.is_out for it in asked)
    if not still_missing:
        letters.withdraw(loan, PART_MISSING, now=now)
    elif not was_asked:
        tell_of_missing(loan, _missing(still_missing), now=still_missing[0].found_at)
    if not was_asked:
        return None
    return letters.intend(
        "later_delivered",
        loan,
        loan.responsible or loan.contact,
        step=brought.pk,
        parts=_parts(_missing([brought])),
        still_missing=_parts(_missing(still_missing)),
        **thing(loan),
    )


def tell_of_closing(subject: Reservation | Loan, moves: Sequence[Mapping[str, Any]]) -> Intent | None:
    """The centre stays closed on a day on which something was to be collected or brought back. ``moves`` are facts:
    which day, why, and until when instead."""
    facts: dict[str, Any] = {"moves": list(moves)}
    if isinstance(subject, Reservation):
        facts |= {"number": subject.number, "is_by_courier": subject.delivery == Delivery.COURIER}
    else:
        facts |= thing(subject)
    return letters.intend(CLOSING_DAY, subject, subject.responsible or subject.contact, **facts)


def told_of_closing(subjects: Iterable[Reservation | Loan]) -> set[Reservation | Loan]:
    """Those of ``subjects`` whose letter has left the house, or may have. One query."""
    by_key: dict[tuple[str, int], Reservation | Loan] = {(it._meta.label_lower, it.pk): it for it in subjects}
    types, pks = {kind for kind, _ in by_key}, {pk for _, pk in by_key}
    told = Intent.objects.current().filter(kind=CLOSING_DAY, subject_type__in=types, subject_id__in=pks)
    written = told.filter(letter__isnull=False).select_related("letter")
    keys = {(it.subject_type, it.subject_id) for it in written if it.letter and it.letter.is_out}
    return {by_key[key] for key in keys & by_key.keys()}


def thing(loan: Loan) -> dict[str, Any]:
    return {"product": loan.item.product.name, "asset_number": loan.item.asset_number}


def _missing(findings: Iterable[Finding]) -> dict[Part, int]:
    """How many of which part; several findings may name the same."""
    missing: Counter[Part] = Counter()
    for finding in findings:
        if finding.part is not None:
            missing[finding.part] += finding.quantity
    return missing


def _parts(missing: Mapping[Part, int]) -> list[dict[str, Any]]:
    return [{"name": part.name, "quantity": quantity} for part, quantity in missing.items()]


def _tell_wish(kind: str, reservation: Reservation) -> Intent | None:
    lines, book = list(reservation.lines.select_related("product")), Rulebook.of(reservation.institution.center)
    facts = _facts_of_wish(reservation, lines, book)
    return letters.intend(kind, reservation, reservation.responsible or reservation.contact, **facts)


def _facts_of_wish(reservation: Reservation, lines: Sequence[Line], book: Rulebook) -> dict[str, Any]:
    return {
        "number": reservation.number,
        "starts_at": reservation.starts_at,
        "ends_at": reservation.ends_at,
        "due_reasons": facts_of_reservation(reservation, lines, book),
        "answer_on": reservation.answer_on,
        "offer_ends_at": reservation.offer_ends_at,
        "is_by_courier": reservation.delivery == Delivery.COURIER,
        "reason": reservation.reason,
        "things": [{"product": line.product.name, "quantity": line.quantity} for line in lines],
        "incomplete": _incomplete(reservation) if reservation.state == State.READY else [],
    }


def _incomplete(reservation: Reservation) -> list[dict[str, Any]]:
    """What is packed with fewer pieces than belong in: "7 von 8 VR-Brillen"."""
    rows = Allocation.objects.holding().filter(line__reservation=reservation, kind=AllocationKind.PLAN)
    items = [row.item for row in rows.select_related("item__product")]
    found = [(item, pieces) for item in items if (pieces := pieces_of(items).get(item.pk))]
    return [
        {"product": item.product.name, "part": its.part, "working": its.working, "quantity": its.quantity}
        for item, its in found
        if its.working < its.quantity
    ]
