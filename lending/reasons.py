"""Why something is due then, in words: "14 Tage; am Mo, 7.12. haben wir geschlossen"."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leihwerk.errors import spoken
from lending import calendars
from lending.due_dates import Due
from lending.models import DayKind, Loan


def why_due(loan: Loan) -> str:
    """The reason of a loan's due date: renewed, by the rules, as reserved, or as agreed at the desk."""
    if loan.renewals:
        return _("verlängert")
    due = calendars.due_at(loan.institution, loan.handed_over_at, loan.item.product)
    if due.at == loan.due_at:
        return in_words(due)
    line = loan.allocation.line
    if line is not None and line.ends_at == loan.due_at:
        return _("wie reserviert, {number}").format(number=line.reservation.number)
    return _("so vereinbart")


def in_words(due: Due) -> str:
    return "; ".join(_WORDS[reason.code](reason.facts) for reason in due.reasons)


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
}
