"""Why a provider's file is refused as a whole. What is wrong with one row or entry is a remark."""

from django.utils.translation import gettext_lazy as _

from leihwerk.tables import FileRefused


class FileIsNoCounterReport(FileRefused):
    """Something else: another table, other JSON, a web page."""

    code = "file_is_no_counter_report"
    sentence = _(
        "Diese Datei ist kein COUNTER-Bericht, den wir lesen können ({what}). Bitte laden Sie sie so hoch, wie der "
        "Anbieter sie liefert: JSON, TSV, CSV oder XLSX."
    )


class ReleaseIsUnknown(FileRefused):
    """A report of a release that counts differently, such as 4."""

    code = "counter_release_is_unknown"
    sentence = _("Dieser COUNTER-Bericht hat die Version {release}. Lesbar sind die Versionen 5 und 5.1.")


class ReportBreaksOff(FileRefused):
    """The file begins as a report and cannot be read to its end."""

    code = "counter_report_breaks_off"
    sentence = _(
        "Der Bericht ist nach {place} nicht mehr lesbar ({what}). "
        "Bitte laden Sie ihn beim Anbieter noch einmal herunter."
    )


class ProviderSentNoReport(FileRefused):
    """The provider answered with an exception instead of a report."""

    code = "provider_sent_no_report"
    sentence = _("Der Anbieter hat keinen Bericht geliefert, sondern diese Meldung: {caveat}")
