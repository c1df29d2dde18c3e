"""Refusals of the floor licenses."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class AllSlotsAreTaken(DomainError):
    code = "limit_exceeded"
    sentence = _("Alle {capacity} Plätze sind belegt.")


class SlotsAreInUse(DomainError):
    code = "slots_are_in_use"
    sentence = _("{held} Plätze sind vergeben. Geben Sie zuerst {surplus} davon frei.")


class NotCountedLikeThis(DomainError):
    code, status = "not_counted_like_this", 400
    sentence = _("Dieses Nutzungsrecht zählt {counted}. Bitte wählen Sie das Passende aus.")


class NotAMemberHere(DomainError):
    code = "not_a_member_here"
    sentence = _("{person} ist bei keiner Einrichtung Ihres Medienzentrums freigeschaltet.")
