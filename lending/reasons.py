"""Why something is due then, in words: "14 Tage; am Mo, 7.12. haben wir geschlossen"."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leihwerk.errors import spoken
from lending.due_dates import Due, Reason
from lending.models import DayKind, Line, Loan, Reservation
from lending.rulebook import Rulebook

Facts = Mapping[str, Any]
"""A reason as a letter carries it, to be put into words in the language of whoever gets it."""


def why_due(*loans: Loan, book: Rulebook | None = None) -> str:
    """The reasons of an institution's due dates, each once: renewed, by the rules, as reserved, or as agreed at the
    desk. ``book``: the rules of the centre, for whoever has them at hand."""
    book = book or Rulebook.of(loans[0].institution.center)
    return "; ".join(dict.fromkeys(_said(_reasons_of(loan, book)) for loan in loans))


def why_until(reservation: Reservation) -> str:
    """The reason of a reservation's end: by the rules, or as whoever reserved wished."""
    lines, book = reservation.lines.select_related("product"), Rulebook.of(reservation.institution.center)
    return _said(_reasons_for(reservation, lines, book))


def facts_of_loans(loans: Iterable[Loan], book: Rulebook) -> list[Facts]:
    """Why the things on a slip are due then; each reason once."""
    alike = {(loan.item.product_id, loan.due_at, loan.allocation.line_id): loan for loan in loans}
    reasons = (reason for loan in alike.values() for reason in _reasons_of(loan, book))
    return _as_facts({reason.code: reason for reason in reasons}.values())


def facts_of_reservation(reservation: Reservation, lines: Iterable[Line], book: Rulebook) -> list[Facts]:
    return _as_facts(_reasons_for(reservation, lines, book))


def words_of(facts: Iterable[Facts]) -> str:
    """What ``facts_of_…`` wrote down, read again from a letter."""
    return _said(Reason(it["code"], {name.removesuffix("_on"): value for name, value in it.items()}) for it in facts)


def in_words(due: Due) -> str:
    return _said(due.reasons)


def _reasons_of(loan: Loan, book: Rulebook) -> tuple[Reason, ...]:
    if loan.renewals:
        return (Reason("renewed", {}),)
    due = book.due_at(loan.institution, loan.handed_over_at, loan.item.product)
    if due.at == loan.due_at:
        return due.reasons
    line = loan.allocation.line
    if line is not None and line.ends_at == loan.due_at:
        return (Reason("reserved", {"number": line.reservation.number}),)
    return (Reason("agreed", {}),)


def _reasons_for(reservation: Reservation, lines: Iterable[Line], book: Rulebook) -> tuple[Reason, ...]:
    """By the rules of the one product, or by those of the centre when there are several."""
    products = {line.product_id: line.product for line in lines}
    product = next(iter(products.values())) if len(products) == 1 else None
    due = book.due_at(reservation.institution, reservation.starts_at, product)
    return due.reasons if due.at == reservation.ends_at else (Reason("wished", {}),)


def _as_facts(reasons: Iterable[Reason]) -> list[Facts]:
    """Days are told by their names (``*_on``), as in every letter's facts."""
    return [
        {
            "code": it.code,
            **{f"{name}_on" if isinstance(value, date) else name: value for name, value in it.facts.items()},
        }
        for it in reasons
    ]


def _said(reasons: Iterable[Reason]) -> str:
    return "; ".join(_WORDS[reason.code](reason.facts) for reason in reasons)


def _period(facts: Mapping[str, Any]) -> str:
    days = facts["days"]
    counted = {
        DayKind.CALENDAR.value: ngettext("{days} Tag", "{days} Tage", days),
        DayKind.OPEN.value: ngettext("{days} Öffnungstag", "{days} Öffnungstage", days),
        DayKind.WORKING.value: ngettext("{days} Arbeitstag", "{days} Arbeitstage", days),
        DayKind.SCHOOL.value: ngettext("{days} Schultag", "{days} Schultage", days),
    }
    return counted[str(facts["kind"])].format(days=days)


def _holidays(facts: Mapping[str, Any]) -> str:
    return spoken.format(_("ohne {names}"), names=_(" und ").join(facts["names"]))


def _summer(facts: Mapping[str, Any]) -> str:
    return spoken.format(_("vor den Sommerferien ab {day} kommt alles zurück"), **facts)


def _tour_day(facts: Mapping[str, Any]) -> str:
    return spoken.format(_("der Kurier kommt am {day}"), **facts)


def _closed(facts: Mapping[str, Any]) -> str:
    sentence = _("am {day} haben wir geschlossen ({why})") if facts["why"] else _("am {day} haben wir geschlossen")
    return spoken.format(sentence, **facts)


_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "period": _period,
    "holidays": _holidays,
    "summer": _summer,
    "tour_day": _tour_day,
    "closed": _closed,
    "renewed": lambda _facts: _("verlängert"),
    "reserved": lambda facts: _("wie reserviert, {number}").format(**facts),
    "agreed": lambda _facts: _("so vereinbart"),
    "wished": lambda _facts: _("wie gewünscht"),
}
