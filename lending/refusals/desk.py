"""What the desk is told when a unit cannot go out or come back like that."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError, spoken


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


class NotThere(DomainError):
    code = "not_there"
    sentence = _("{person} ist bei {institution} nicht eingetragen.")
