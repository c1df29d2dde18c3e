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


class ContractNumberIsTaken(DomainError):
    code = "contract_number_is_taken"
    sentence = _("Die Vertragsnummer {number} gibt es schon.")


class PeriodsOverlap(DomainError):
    code = "periods_overlap"
    sentence = _("In dieser Zeit läuft der Vertrag schon. Bitte prüfen Sie Anfang und Ende der Laufzeiten.")


class PeriodEndsBeforeItStarts(DomainError):
    code, status = "period_ends_before_it_starts", 400
    sentence = _("Die Laufzeit endet, bevor sie beginnt.")


class PeriodHasNoEnd(DomainError):
    code = "period_has_no_end"
    sentence = _("Diese Laufzeit hat kein Ende; sie muss nicht verlängert werden.")


class PermittedAndProhibited(DomainError):
    code, status = "permitted_and_prohibited", 400
    sentence = _("{action} ist zugleich als erlaubt und als verboten angekreuzt.")


class HowManyIsMissing(DomainError):
    code, status = "how_many_is_missing", 400
    sentence = _("Bitte geben Sie an, für wie viele die Lizenz gilt, oder wählen Sie „unbegrenzt“.")


class OfAnotherCenter(DomainError):
    code, status = "of_another_center", 400
    sentence = _("Das gehört zu einem anderen Medienzentrum.")


class TitleIsInPackageAlready(DomainError):
    code = "title_is_in_package_already"
    sentence = _("„{title}“ ist in dieser Zeit schon im Titelpaket.")


class NameIsTaken(DomainError):
    code = "name_is_taken"
    sentence = _("„{name}“ gibt es schon.")


class CopyIsForOnePlace(DomainError):
    """``institution`` is where it may be shown, ``number`` that of the contract."""

    code = "not_lendable_license"
    sentence = _("Diese DVD darf nur an {institution} gezeigt und nicht verliehen werden (Ö-Recht, Vertrag {number}).")


class CopyIsNotLendable(DomainError):
    """``reason`` is the sentence of the decision."""

    code = "not_lendable_license"
    sentence = _("„{title}“ darf an diese Einrichtung nicht verliehen werden. {reason}")


class MediumNumberIsTaken(DomainError):
    code = "medium_number_is_taken"
    sentence = _("Die Mediennummer {number} gibt es schon. Es wurde nichts gespeichert.")


class ProviderNameIsTaken(DomainError):
    code = "provider_name_is_taken"
    sentence = _("Einen Anbieter „{name}“ gibt es schon.")


class FileIsNotAllowed(DomainError):
    code, status = "file_is_not_allowed", 400
    sentence = _(
        "Diese Datei nehmen wir nicht an. Erlaubt sind MP4, WebM, MP3, M4A, Ogg, PDF, ZIP, EPUB, PNG, JPEG und WebP "
        "mit höchstens {most} MB."
    )
