"""The forms of the import pages, and which kinds of tables there are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.importing import INVENTORY
from leihwerk.tables import Importer, Matched
from leihwerk.tables.cells import as_text
from leihwerk.tables.grids import letter
from leihwerk.tables.limits import check_bytes
from licenses.importing import MEDIA
from people.models import Center
from people.models.upload import UploadKind
from people.schools_import import SCHOOLS

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_label = gettext_lazy


class UploadForm(forms.Form):
    """One file of any kind that a centre may have."""

    file = forms.FileField(
        label=_label("Datei"),
        help_text=_label("Excel (XLSX), LibreOffice (ODS) oder CSV, höchstens 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.center = center

    def content(self) -> bytes:
        """Raise FileIsTooLarge before anything is read into memory."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        check_bytes(file.size or 0)
        return bytes(file.read())

    def choices(self) -> dict[str, Any]:
        """What the importer wants to know besides the table."""
        return {}


class SchoolsForm(UploadForm):
    """A list of schools, perhaps of the whole Land."""

    territory = forms.CharField(
        label=_label("Nur diese Gemeinden oder Kreise"),
        help_text=_label("Gemeindeschlüssel, durch Komma getrennt. Leer: alle Schulen der Datei."),
        required=False,
        max_length=2000,
    )
    is_excerpt = forms.BooleanField(
        label=_label("Die Datei ist nur ein Auszug"),
        help_text=_label("Dann gelten Schulen, die in der Datei fehlen, nicht als geschlossen."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].initial = ", ".join(self.center.territory)

    def clean_territory(self) -> list[str]:
        keys = [key.strip() for key in self.cleaned_data["territory"].split(",") if key.strip()]
        if not all(key.isdecimal() and 2 <= len(key) <= 8 for key in keys):
            raise forms.ValidationError(_("Ein Gemeindeschlüssel hat bis zu acht Ziffern, zum Beispiel 05316000."))
        return keys

    def choices(self) -> dict[str, Any]:
        return {"territory": self.cleaned_data["territory"], "is_excerpt": self.cleaned_data["is_excerpt"]}


class MediaForm(UploadForm):
    """A list of media, or what a portal says of its media."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Excel (XLSX), LibreOffice (ODS), CSV oder JSON (LOM, SODIX), höchstens 20 MB."
        )
        self.fields["file"].widget.attrs["accept"] += ",.json"


@dataclass(frozen=True)
class Kind:
    """One kind of table: what it is called, what it brings, who reads it, what is asked of whoever uploads it, and the
    page that lists what came in."""

    title: str | Promise
    text: str | Promise
    importer: Importer
    form: type[UploadForm]
    page: str


KINDS: dict[str, Kind] = {
    UploadKind.SCHOOLS: Kind(
        UploadKind.SCHOOLS.label,
        _label("Die offenen Schuldaten des Landes oder eine eigene Liste mit Schulnummer und Name."),
        SCHOOLS,
        SchoolsForm,
        "institutions",
    ),
    UploadKind.INVENTORY: Kind(
        UploadKind.INVENTORY.label,
        _label("Ihre Geräteliste mit Inventarnummer und Bezeichnung, gern auch mit Packliste, Standort und Zustand."),
        INVENTORY,
        UploadForm,
        "items",
    ),
    UploadKind.MEDIA: Kind(
        UploadKind.MEDIA.label,
        _label(
            "Ihre Medienliste mit Mediennummer und Titel, gern auch mit Anbieter, Fächern, Stufen und Lizenzangaben."
        ),
        MEDIA,
        MediaForm,
        "media_kept",
    ),
}


class ColumnsForm(forms.Form):
    """For each thing the importer looks for: which column of the file says it."""

    def __init__(self, *args: Any, importer: Importer, matched: Matched, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– nicht in der Datei –")), *_columns(matched)]
        for field in importer.fields:
            index = matched.columns.get(field.key)
            self.fields[field.key] = forms.ChoiceField(
                label=str(field.label),
                choices=choices,
                required=field.is_required,
                initial=f"#{letter(index)}" if index is not None else "",
                help_text=_("So heißen mehrere Spalten.") if field.key in matched.ambiguous else "",
            )

    def columns(self) -> dict[str, str]:
        return dict(self.cleaned_data)


def _columns(matched: Matched) -> list[tuple[str, str]]:
    """Each column with its heading and a first value, so that one recognizes it."""
    columns = []
    for index, heading in enumerate(matched.headings):
        cells = (row.cells[index] for row in matched.rows[:50] if index < len(row.cells))
        example = as_text(next((cell for cell in cells if cell is not None), None)).replace("\n", " ")[:30]
        columns.append((f"#{letter(index)}", f"{heading}: {example}" if example else heading))
    return columns
