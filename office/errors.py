"""Refusals of the floor office."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class OpenBusiness(DomainError):
    code = "open_business"
    sentence = _("Für {person} ist noch etwas ausgeliehen oder reserviert. Danach löschen wir die Angaben.")
