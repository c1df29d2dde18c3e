"""Why a repeated reservation, or single dates of it, do not come about."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError, spoken


class NoRule(DomainError):
    code, status = "no_rule", 400
    sentence = _("Diese Wiederholung verstehen wir nicht. Bitte sagen Sie, wie oft und bis wann.")


class TooManyDates(DomainError):
    code, status = "too_many_dates", 400
    sentence = _("Das sind zu viele Termine. Höchstens {most} auf einmal.")


class ClosedThen(DomainError):
    """A date of a series on which nothing can be picked up; ``why`` may be empty."""

    code = "closed_then"

    def __str__(self) -> str:
        words = _now("Geschlossen: {why}.") if self.facts["why"] else _now("Geschlossen.")
        return spoken.format(words, **self.facts)


class HolidaysThen(DomainError):
    code = "holidays_then"
    sentence = _("Ferien: {why}.")


class NoDateFree(DomainError):
    """Of a series not a single date came about; ``dates`` tells of each why not."""

    code = "no_date_free"
    sentence = _("An keinem der Termine ist alles frei. Es wurde nichts reserviert.")
