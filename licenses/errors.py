"""Refusals of the floor licenses."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class AllSlotsAreTaken(DomainError):
    code = "limit_exceeded"
    sentence = _("Alle {capacity} Plätze sind belegt.")


class SlotsAreInUse(DomainError):
    code = "slots_are_in_use"
    sentence = _("{held} Plätze sind vergeben. Geben Sie zuerst {surplus} davon frei.")

    def __str__(self) -> str:
        return (
            gettext("Ein Platz ist vergeben. Geben Sie ihn zuerst frei.")
            if self.facts["held"] == 1
            else super().__str__()
        )


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


class NobodyPlansThatFar(DomainError):
    code, status = "nobody_plans_that_far", 400
    sentence = _("Bitte prüfen Sie das Jahr. Gilt der Vertrag bis auf Weiteres, bleibt „gilt bis“ leer.")


class PeriodHasNoEnd(DomainError):
    code = "period_has_no_end"
    sentence = _("Diese Laufzeit hat kein Ende; sie muss nicht verlängert werden.")


class RenewedByHand(DomainError):
    code = "renewed_by_hand"
    sentence = _("Dieser Vertrag verlängert sich nicht von selbst. Legen Sie bitte die nächste Laufzeit an.")


class NoPeriodOnThatDay(DomainError):
    code, status = "no_period_on_that_day", 400
    sentence = _("Am {on} läuft keine Laufzeit dieses Vertrags. Tragen Sie sie zuerst ein.")


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


class TitleGoesBeforeItComes(DomainError):
    code, status = "title_goes_before_it_comes", 400
    sentence = _("Der letzte Tag liegt vor dem ersten.")


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


class DiscsAreOfAnotherMedium(DomainError):
    code = "discs_are_of_another_medium"
    sentence = _("„{product}“ gehört schon zum Medium „{title}“.")


class ProviderNameIsTaken(DomainError):
    code = "provider_name_is_taken"
    sentence = _("Einen Anbieter „{name}“ gibt es schon.")


class FileIsNotAllowed(DomainError):
    code, status = "file_is_not_allowed", 400
    sentence = _(
        "Diese Datei nehmen wir nicht an. Erlaubt sind MP4, WebM, MP3, M4A, Ogg, PDF, ZIP, EPUB, PNG, JPEG und WebP "
        "mit höchstens {most} MB."
    )


class LinkIsWrong(DomainError):
    code, status = "link_is_wrong", 403
    sentence = _("Dieser Link stimmt nicht. Bitte öffnen Sie das Medium noch einmal von vorn.")


class LinkIsOver(DomainError):
    code, status = "link_is_over", 410
    sentence = _("Dieser Link ist abgelaufen. Bitte öffnen Sie das Medium noch einmal von vorn.")


class OwnFilesAreOff(DomainError):
    code, status = "own_files_are_off", 410
    sentence = _("{center} gibt im Moment keine eigenen Dateien heraus.")


class NotLicensed(DomainError):
    """``reason`` is the sentence of the decision."""

    code, status = "not_licensed", 403
    sentence = _("„{title}“ dürfen Sie so nicht mehr nutzen. {reason}")


class DocumentIsNotAllowed(DomainError):
    code, status = "document_is_not_allowed", 400
    sentence = _(
        "Diese Datei nehmen wir nicht an. Erlaubt sind PDF, Bilder (PNG, JPEG, WebP, TIFF) und Dokumente ohne Makros "
        "(DOCX, XLSX, ODT, ODS) mit höchstens {most} MB."
    )


class NobodySaysWhichMonth(DomainError):
    code, status = "nobody_says_which_month", 400
    sentence = _("In dieser Tabelle steht weder eine Anzahl mit ihrem Monat noch eine Spalte für jeden Monat.")


class SourceNameIsTaken(DomainError):
    code = "source_name_is_taken"
    sentence = _("Eine Quelle „{name}“ gibt es schon.")


class KeyIsInUse(DomainError):
    code = "key_is_in_use"
    sentence = _("Mit diesem Schlüssel wird die Nutzung von „{source}“ abgeholt. Wählen Sie dort zuerst einen anderen.")


class TooManyKeysShown(DomainError):
    """``at`` is when the next one may be shown."""

    code, status = "too_many_keys_shown", 429
    sentence = _(
        "Sie haben in der letzten Stunde {most} Schlüssel angesehen, mehr geht nicht. Ab {at:time} geht es weiter."
    )


class ListIsFull(DomainError):
    code = "list_is_full"
    sentence = _("Auf einer Liste haben {most} Medien Platz. Beginnen Sie bitte eine zweite.")


class ListIsGone(DomainError):
    code, status = "media_list_is_gone", 410
    sentence = _("Diese Liste gibt es nicht mehr.")


class UnknownCode(DomainError):
    code, status = "unknown_code", 422
    sentence = _(
        "Diesen Code kennen wir nicht. Prüfen Sie die zwölf Zeichen. Ist er abgelaufen, kann die Lehrkraft einen "
        "neuen erstellen."
    )


class TooManyWrongCodes(DomainError):
    code, status = "too_many_wrong_codes", 429
    sentence = _("Zu viele falsche Codes. Bitte in einer Stunde noch einmal versuchen.")


class NotLicensedThen(DomainError):
    """``reason`` is the sentence of the decision."""

    code = "not_licensed_then"
    sentence = _("„{title}“ aus dem Paket darf diese Einrichtung in der Zeit nicht nutzen. {reason}")


class LicenseEndsBefore(DomainError):
    code = "license_ends_before"
    sentence = _(
        "„{title}“ aus dem Paket darf nur bis {ends_on} genutzt werden. Wählen Sie bitte eine frühere Rückgabe."
    )


class NoSlotThen(DomainError):
    """All slots are taken at some time of the period."""

    code = "no_slot_then"
    sentence = _(
        "Für „{title}“ aus dem Paket ist vom {starts_at} bis {ends_at} nicht durchgehend ein Lizenzplatz frei "
        "(von {capacity}). Wählen Sie bitte andere Tage."
    )
