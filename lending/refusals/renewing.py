"""Why something cannot be kept longer."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


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


class RenewTooLong(DomainError):
    code = "renew_too_long"
    sentence = _("Verlängern geht bis {until}. Brauchen Sie es länger? Bitte rufen Sie uns an.")


class NothingToRenew(DomainError):
    """A new return day must be later than the present one."""

    code, status = "nothing_to_renew", 400
    sentence = _("Der neue Rückgabetag muss nach dem {due_at} liegen.")


class LoanIsOver(DomainError):
    code = "loan_is_over"
    sentence = _("{item} ist schon zurück.")
