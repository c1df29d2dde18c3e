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
