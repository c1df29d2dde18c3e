"""Why a whole file is refused. What is wrong with one row is a remark in the report instead."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class FileRefused(DomainError):
    """Nothing of the file was used."""

    code = "file_refused"
    status = 422


class FileIsEmpty(FileRefused):
    """No cell holds anything."""

    code = "file_is_empty"
    sentence = _(
        "Die Datei ist leer. Bitte wählen Sie eine Datei mit einer Überschriftenzeile und mindestens einer Zeile."
    )


class FileIsTooLarge(FileRefused):
    """A bound of ``leihwerk.tables.limits`` was passed."""

    code = "file_is_too_large"
    sentence = _("Die Datei ist zu groß: {found}. Erlaubt sind {allowed}. Bitte teilen Sie die Datei auf.")


class FileIsNoTable(FileRefused):
    """The bytes are something else: a PDF, a picture, a web page, an old or locked workbook."""

    code = "file_is_no_table"
    sentence = _(
        "Diese Datei lässt sich nicht als Tabelle lesen ({what}). Bitte speichern Sie sie als XLSX, ODS oder CSV."
    )


class ColumnsAreMissing(FileRefused):
    """A required field has no column, or more than one could be meant."""

    code = "columns_are_missing"
    sentence = _(
        "Diese Angaben haben noch keine Spalte: {fields}. Bitte ordnen Sie sie zu. In der Datei stehen: {headings}."
    )


class ColumnIsUnknown(FileRefused):
    """A mapping by hand names a field or a column that does not exist."""

    code = "column_is_unknown"
    sentence = _("„{name}“ gibt es hier nicht. Bekannt sind: {known}.")
