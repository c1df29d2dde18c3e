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


class TooMany(DomainError):
    code, status = "too_many", 400
    sentence = _("Auf einmal lassen sich 1 bis {most} Exemplare anlegen.")


class AssetNumberIsTaken(DomainError):
    code = "asset_number_is_taken"
    sentence = _("Diese Inventarnummern gibt es schon: {numbers}. Es wurde nichts gespeichert.")


class ProductNameIsTaken(DomainError):
    code = "product_name_is_taken"
    sentence = _("Einen Artikel „{name}“ gibt es schon.")


class PartIsListedTwice(DomainError):
    code = "part_is_listed_twice"
    sentence = _("„{name}“ steht zweimal in der Packliste. Bitte fassen Sie beide Zeilen zusammen.")


class CategoryNameIsTaken(DomainError):
    code = "category_name_is_taken"
    sentence = _("Eine Kategorie „{name}“ gibt es schon.")


class LocationNameIsTaken(DomainError):
    code = "location_name_is_taken"
    sentence = _("Einen Standort „{name}“ gibt es schon.")


class LocationIsInUse(DomainError):
    code = "location_is_in_use"
    sentence = _("„{name}“ ist noch nicht leer (Exemplare: {count}). Bitte räumen Sie diese zuerst um.")


class NoPicture(DomainError):
    code, status = "no_picture", 400
    sentence = _("Diese Datei ist kein Bild, das wir lesen können. Bitte ein Foto mit höchstens 15 MB hochladen.")
