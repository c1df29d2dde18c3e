"""Why a line at risk cannot be helped like that."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class NoLongerPlanned(DomainError):
    """Somebody else has changed the plan meanwhile."""

    code = "no_longer_planned"
    sentence = _("Das ist inzwischen anders geplant. Bitte laden Sie die Seite neu.")


class UnitIsNeeded(DomainError):
    code = "unit_is_needed"
    sentence = _("{item} wird in dieser Zeit gebraucht, und für die anderen gibt es keinen Ersatz.")
