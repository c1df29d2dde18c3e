"""Refusals of the floor people."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class NotPermitted(DomainError):
    code, status = "not_permitted", 403
    sentence = _("Dafür ist Ihr Konto nicht freigegeben.")


class TryAgain(DomainError):
    """Somebody else was quicker, or holds the lock; nothing was saved."""

    code, is_transient = "try_again", True
    sentence = _(
        "Wiederholen Sie bitte den Schritt. "
        "Jemand anderes hat gerade dasselbe Gerät gebucht; es wurde nichts gespeichert."
    )


class KeyInProgress(TryAgain):
    """The same request is being answered at this moment."""


class KeyReused(DomainError):
    code, status = "key_reused", 422
    sentence = _("Dieser Schlüssel wurde schon für eine andere Anfrage verwendet.")


class AlreadyWithdrawn(DomainError):
    """The reason for a letter fell away, or it is written already."""

    code = "already_withdrawn"
    sentence = _("Dieser Brief hat sich erledigt: Der Anlass ist weggefallen, oder er ist schon unterwegs.")


class TextHasTroubles(DomainError):
    """A text for letters that cannot be read, or names what nobody knows."""

    code, status = "text_has_troubles", 422
    sentence = _("So kann der Brief nicht geschrieben werden. {troubles}")


class AlreadyMember(DomainError):
    code = "already_member"
    sentence = _("Für {institution} ist die Person schon eingetragen oder angefragt.")


class InstitutionIsClosed(DomainError):
    code = "institution_is_closed"
    sentence = _("{institution} nimmt keine Anmeldungen an. Bitte wählen Sie eine andere Einrichtung.")


class MembershipIsOver(DomainError):
    code = "membership_is_over"
    sentence = _("Diese Mitgliedschaft ist schon beendet. Bitte laden Sie die Seite neu.")


class RoleDoesNotFit(DomainError):
    code, status = "role_does_not_fit", 400
    sentence = _("Diese Rolle gibt es hier nicht.")


class LastManager(DomainError):
    code = "last_manager"
    sentence = _("{center} hätte keine Leitung mehr. Ernennen Sie bitte zuerst eine Nachfolge.")


class NotEnoughTime(DomainError):
    code, status = "not_enough_time", 400
    sentence = _("Bitte wählen Sie einen Tag zwischen {first} und {last}; so bleibt den Schulen Zeit zu antworten.")


class YearCheckIsOver(DomainError):
    code = "year_check_is_over"
    sentence = _("Die Zeit für die Antwort ist um. Bitte rufen Sie uns an.")


class NobodyWouldCoordinate(DomainError):
    """Whoever coordinates is not ticked; the answer has to say that this is meant."""

    code = "nobody_would_coordinate"
    sentence = _("Danach hätte Ihre Einrichtung keine Koordination mehr. Gespeichert ist noch nichts.")


class NobodyWouldStay(NobodyWouldCoordinate):
    code = "nobody_would_stay"
    sentence = _(
        "Sie haben niemanden angekreuzt: Danach hätte niemand mehr ein Konto. Es wurde noch nichts gespeichert."
    )


class SlugIsTaken(DomainError):
    code = "slug_is_taken"
    sentence = _("„{slug}“ heißt schon ein anderes Medienzentrum.")


class SchoolNumberIsTaken(DomainError):
    code = "school_number_is_taken"
    sentence = _("Die Schulnummer {number} hat schon eine andere Einrichtung.")


class OneInternalInstitution(DomainError):
    code = "one_internal_institution"
    sentence = _("Das Medienzentrum selbst gibt es schon als Einrichtung.")


class MailNeedsAnAddress(DomainError):
    code, status = "mail_needs_an_address", 400
    sentence = _("Post per E-Mail braucht eine E-Mail-Adresse. Ohne Adresse: Brief oder Anruf.")


class DaysOutOfOrder(DomainError):
    code, status = "days_out_of_order", 400
    sentence = _("Das Ende liegt vor dem Anfang.")


class ClosureIsOver(DomainError):
    code = "closure_is_over"
    sentence = _("Der {day} ist schon vorbei; daran lässt sich nichts mehr ändern.")


class ClosureIsTooLong(DomainError):
    code, status = "closure_is_too_long", 400
    sentence = _("Höchstens {days} Tage am Stück. Stimmt das Jahr?")


class NoHoursLeft(DomainError):
    code, status = "no_hours_left", 400
    sentence = _("An mindestens einem Tag in der Woche muss geöffnet sein. Für längere Pausen gibt es Schließtage.")


class HoursOverlap(DomainError):
    code, status = "hours_overlap", 400
    sentence = _("Zwei Zeiten desselben Tages überschneiden sich.")


class HolidaysOverlap(DomainError):
    code, status = "holidays_overlap", 400
    sentence = _("„{one}“ und „{other}“ überschneiden sich.")
