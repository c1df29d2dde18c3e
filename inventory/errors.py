"""Refusals of the floor inventory."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class UnknownCode(DomainError):
    code, status = "unknown_code", 404
    sentence = _("Unbekannter Code. Nummer vom Etikett eintippen?")


class AmbiguousCode(DomainError):
    code = "ambiguous_code"
    sentence = _("Diese Nummer gehört zu mehreren Exemplaren. Bitte das Etikett scannen.")


class EmptyCode(DomainError):
    code, status = "empty_code", 400
    sentence = _("Bitte scannen Sie den Code, der am Gerät klebt, oder tippen Sie ihn ein.")


class CodeTooLong(DomainError):
    code, status = "code_too_long", 400
    sentence = _("Dieser Code ist zu lang. Höchstens {most} Zeichen sind möglich.")


class CodeIsTaken(DomainError):
    code = "code_is_taken"
    sentence = _("Dieser Code steht schon für {item}.")


class LabelIsRetired(DomainError):
    code = "label_is_retired"
    sentence = _("Dieses Etikett gilt nicht mehr. Bitte scannen Sie das neue oder tippen Sie dessen Nummer ein.")
