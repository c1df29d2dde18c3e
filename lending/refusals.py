"""What lending says no to, in the words of TEXTS sections 2 and 3."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leihwerk.errors import DomainError, spoken


class NotAvailable(DomainError):
    """No assignment of units can serve it. ``reasons`` says what stands in the way; ``next_free`` may be None."""

    code = "not_available"
    sentence = _("{product} ist vom {starts_at} bis {ends_at} nicht frei.")

    def __str__(self) -> str:
        sentences = [super().__str__()]
        if reasons := self.facts.get("reasons"):
            parts = ", ".join(str(reason) for reason in reasons)
            sentences.append(_now("Von {capacity} sind {parts}.").format(capacity=self.facts["capacity"], parts=parts))
        if self.facts.get("next_free"):
            sentences.append(spoken.format(_now("Frei ab {next_free}."), **self.facts))
        return " ".join(sentences)


class PartlyAvailable(NotAvailable):
    code = "partly_available"
    sentence = _("{available} von {quantity} × {product} sind in dieser Zeit frei.")


class PlanningUndecided(DomainError):
    """The search spent its budget: not a proof, so nobody may be told that nothing is free."""

    code = "planning_undecided"
    sentence = _("Das können wir nicht sofort zusagen. Bitte rufen Sie uns an.")


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


class LimitReached(DomainError):
    code = "limit"
    sentence = _(
        "{institution} hat zurzeit {held} von {limit} möglichen Geräten. Sobald eines zurück ist, geht es weiter."
    )


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


class ItemIsPromised(DomainError):
    """``institution`` is whom the unit is kept for; ``instead`` the codes of units that could go out now."""

    code = "item_is_promised"
    sentence = _("{item} ist ab {starts_at:full} für {institution} vorgesehen.")


class ItemIsOut(DomainError):
    code = "item_is_out"
    sentence = _("{item} ist noch an {institution} ausgeliehen.")


class AlreadyScanned(DomainError):
    code = "already_scanned"
    sentence = _("Schon gescannt.")


class ItemIsRetired(DomainError):
    code = "item_is_retired"
    sentence = _("Ausgesondert. Bitte zur Seite legen.")


class ItemIsBound(DomainError):
    """A grant binds it: disposing of it needs the funder's word (FACTS, grants)."""

    code = "item_is_bound"
    sentence = _("{item} ist bis {bound_until} zweckgebunden.")


class ItemIsInAKit(DomainError):
    code = "item_is_in_a_kit"
    sentence = _("{item} gehört in {kit}. Bitte den Koffer ausgeben.")


class ItemIsOutOfService(DomainError):
    code = "item_is_out_of_service"
    sentence = _("{item} ist gesperrt: {reason}.")


class NeedsCheck(DomainError):
    code = "needs_check"
    sentence = _("Bitte zuerst prüfen: {item}.")


class NotInReservation(DomainError):
    """Scanned beside the reservation. ``is_kept``: it is kept for somebody else now; else ``free_until`` says until
    when it could go along, None without an end."""

    code = "not_in_reservation"

    def __str__(self) -> str:
        if self.facts["is_kept"]:
            return _now("Nicht in dieser Reservierung.")
        if self.facts["free_until"]:
            return spoken.format(
                _now("Nicht in dieser Reservierung – dazunehmen? Frei bis {free_until}."), **self.facts
            )
        return _now("Nicht in dieser Reservierung – dazunehmen?")


class NotOnLoan(DomainError):
    code = "not_on_loan"
    sentence = _("Nicht ausgeliehen – trotzdem einräumen?")


class HandoverRefused(DomainError):
    """All or nothing: ``reasons`` is the refusal of each item, by its id."""

    code = "handover_refused"
    sentence = _("Es wurde nichts ausgegeben.")


class HandoverIsFinished(DomainError):
    code = "handover_is_finished"
    sentence = _("Der Leihschein {number} ist schon abgeschlossen.")


class NothingHandedOver(DomainError):
    code = "nothing_handed_over"
    sentence = _("Es ist noch nichts gescannt.")


class TooLongAgo(DomainError):
    code, status = "too_long_ago", 400
    sentence = _("Nachtragen können Sie höchstens {days} Tage.")


class NotYet(DomainError):
    code, status = "not_yet", 400
    sentence = _("Dieser Zeitpunkt liegt in der Zukunft.")


class RenewReserved(DomainError):
    code = "renew_reserved"
    sentence = _(
        "Verlängern geht leider nicht: Ab {next_at} wartet die nächste Schule. "
        "Bitte bringen Sie {item} bis {due_at} zurück."
    )


class RenewMax(DomainError):
    code = "renew_max"
    sentence = _(
        "Schon {renewals}-mal verlängert – mehr ist nicht vorgesehen. Wenn es nicht anders geht, rufen Sie uns an."
    )


class NothingToRenew(DomainError):
    """A new return day must be later than the present one."""

    code, status = "nothing_to_renew", 400
    sentence = _("Der neue Rückgabetag muss nach dem {due_at} liegen.")


class LoanIsOver(DomainError):
    code = "loan_is_over"
    sentence = _("{item} ist schon zurück.")


class NotThere(DomainError):
    code = "not_there"
    sentence = _("{person} ist bei {institution} nicht eingetragen.")


class EmptyReport(DomainError):
    code, status = "empty_report", 400
    sentence = _("Bitte schreiben Sie kurz, was nicht stimmt.")


class TooManyReports(DomainError):
    """Somebody, or something, reports faster than anybody could read."""

    code, status = "too_many_reports", 429
    sentence = _("Für dieses Gerät sind gerade schon mehrere Meldungen eingegangen. Rufen Sie uns bitte an: {phone}.")


class WorkingOutOfRange(DomainError):
    code, status = "working_out_of_range", 400
    sentence = _("{part}: Bitte eine Zahl von 0 bis {most}.")
