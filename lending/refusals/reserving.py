"""What the rules of reserving say no to, in the words of TEXTS sections 2 and 3."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from inventory.models import Category
from leihwerk.errors import DomainError, spoken
from people.models import Institution


class TooLate(DomainError):
    code = "too_late"
    sentence = _(
        "So kurzfristig schaffen wir es leider nicht. Wir brauchen {days} zum Packen. "
        "Früheste Abholung: {earliest}. Eilig? Rufen Sie uns an: {phone}."
    )

    def __str__(self) -> str:
        needed = self.facts["lead_days"]
        days = ngettext("{days} Öffnungstag", "{days} Öffnungstage", needed).format(days=needed)
        return spoken.format(str(self.sentence), days=days, **self.facts)


class TooEarly(DomainError):
    code = "too_early"
    sentence = _(
        "So weit im Voraus nehmen wir noch keine Reservierungen an. "
        "Für diesen Termin können Sie ab {opens_on} reservieren."
    )


class TooLong(DomainError):
    code = "too_long"
    sentence = _("Höchstens {days} Tage. Brauchen Sie es länger? Schreiben Sie uns kurz, wofür.")


class ClosedDay(DomainError):
    code = "closed_day"
    sentence = _("Am {day} haben wir geschlossen. Abholung am {before} oder {after}?")


class OutsideHours(DomainError):
    """A room is open to schools while the centre is."""

    code = "outside_hours"
    sentence = _("Am {day} haben wir geöffnet: {hours} Uhr. Bitte wählen Sie eine Zeit, die darin liegt.")


class LimitReached(DomainError):
    code = "limit"
    sentence = _(
        "{institution} hat zurzeit {held} von {limit} möglichen Geräten. Sobald eines zurück ist, geht es weiter."
    )


class InstitutionSuspended(DomainError):
    """Something is late in spite of the notices, and somebody decided that nothing new goes out (of ``category``)."""

    code = "suspended"
    sentence = _(
        "{institution} kann zurzeit nichts Neues ausleihen. Es fehlt noch etwas, an das wir mehrmals erinnert haben. "
        "Sobald alles da ist, geht es weiter. Fragen? Rufen Sie uns an: {phone}."
    )
    of_category = _(
        "{institution} kann zurzeit nichts Neues aus „{category}“ ausleihen. Es fehlt noch etwas, an das wir mehrmals "
        "erinnert haben. Sobald alles da ist, geht es weiter. Fragen? Rufen Sie uns an: {phone}."
    )

    def __init__(self, *, institution: Institution, category: Category | None, phone: str) -> None:
        name = category.name if category else ""
        super().__init__(institution=str(institution), category=name, phone=phone)

    def __str__(self) -> str:
        said = self.of_category if self.facts["category"] else self.sentence
        return spoken.format(str(said), **self.facts)


class InThePast(DomainError):
    code, status = "in_the_past", 400
    sentence = _("Dieser Zeitraum liegt schon zurück.")


class EndsBeforeItStarts(DomainError):
    code, status = "ends_before_it_starts", 400
    sentence = _("Das Ende muss nach dem Anfang liegen.")


class NothingWanted(DomainError):
    code, status = "nothing_wanted", 400
    sentence = _("Bitte wählen Sie mindestens einen Artikel.")


class ForeignThing(DomainError):
    """Two things of different centres met in one wish."""

    code, status = "foreign_thing", 400
    sentence = _("Das gehört zu einem anderen Medienzentrum.")


class WrongState(DomainError):
    """The reservation is no longer, or not yet, in a state in which this can be done."""

    code = "wrong_state"
    sentence = _("Das geht bei {number} nicht mehr: Der Stand ist „{state}“.")


class OfferIsOver(DomainError):
    code = "offer_is_over"
    sentence = _("Das Angebot für {number} galt bis {offer_ends_at:full}.")
