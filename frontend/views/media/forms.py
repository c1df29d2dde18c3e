"""The form of a medium. It checks; verbs write."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from inventory.search import search
from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong
from licenses.importing import cells
from licenses.languages import name_of
from licenses.models import AgeRating, Medium, MediumKind, Provider
from people.models import Center

if TYPE_CHECKING:  # Django's forms are no generics at run time
    MediumBase: TypeAlias = forms.ModelForm[Medium]
else:
    MediumBase = forms.ModelForm

SEVERAL = _("Mehrere durch Semikolon getrennt.")


class WordsField(forms.CharField):
    """Several words in one line, read as a cell of a list is."""

    def __init__(self, *args: Any, read: Callable[[Any], list[str]], shown: Callable[[str], str] = str, **kwargs: Any):
        self.read, self.shown = read, shown
        super().__init__(*args, required=False, max_length=2000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A single word with a comma in it ends with a semicolon, so that it stays one."""
        if not isinstance(value, list):
            return value
        words = [self.shown(word) for word in value]
        return "; ".join(words) + (";" if len(words) == 1 and "," in words[0] else "")

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return self.read(typed) if typed else []
        except (CellIsWrong, CellIsDoubtful) as wrong:
            raise forms.ValidationError(_("Das %(reason)s."), params={"reason": str(wrong)}) from None


class MediumForm(MediumBase):
    """A medium's facts. Cover and file come as uploads of their own, so that they can be looked into first."""

    depending = ("provider", "new_provider")

    link = forms.URLField(
        label=_("Adresse beim Anbieter"),
        help_text=_("Wo man das Medium öffnet, zum Beispiel in der Bildungsmediathek NRW."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    subjects = WordsField(label=_("Fächer"), help_text=SEVERAL, read=cells.subjects)
    levels = WordsField(label=_("Stufen"), help_text=SEVERAL, read=cells.levels)
    languages = WordsField(label=_("Sprachen"), help_text=SEVERAL, read=cells.languages, shown=name_of)
    subtitles = WordsField(label=_("Untertitel"), help_text=SEVERAL, read=cells.languages, shown=name_of)
    new_provider = forms.CharField(label=_("oder neuer Anbieter"), max_length=120, required=False)
    discs = forms.CharField(
        label=_("Datenträger"),
        help_text=_("Name des Artikels, unter dem die DVDs oder anderen Datenträger ausgeliehen werden."),
        max_length=120,
        required=False,
    )
    new_cover = forms.FileField(
        label=_("Titelbild"),
        help_text=_("Ein Bild als JPEG, PNG oder WebP, höchstens 15 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    new_file = forms.FileField(
        label=_("Datei"),
        help_text=_("Nur wenn das Medium bei Ihnen selbst liegt: Film, Ton, PDF oder ZIP, höchstens 500 MB."),
        required=False,
    )

    class Meta:
        model = Medium
        fields = [
            "title", "number", "kind", "provider", "description", "link", "runtime_minutes", "year", "subjects",
            "levels", "age_rating", "languages", "subtitles", "is_listed",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, center: Center | int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.center = center
        self.fields["discs"].initial = self.instance.product.name if self.instance.product else ""
        provider = cast("forms.ModelChoiceField[Provider]", self.fields["provider"])
        provider.queryset, provider.required = Provider.objects.filter(center=center), False
        provider.empty_label = _("Bitte wählen")
        self._choose("kind", _("Bitte wählen"), MediumKind.choices)
        self._choose("age_rating", _("keine Angabe"), AgeRating.choices)
        self.fields["year"].validators += [MinValueValidator(1850), MaxValueValidator(2100)]

    def _choose(self, name: str, nothing: Any, choices: list[Any]) -> None:
        """Words instead of Django's dashes where nothing is chosen."""
        cast("forms.TypedChoiceField", self.fields[name]).choices = [("", nothing), *choices]

    def clean_discs(self) -> Product | None:
        """Found by its name, or by words that only one product has in it."""
        words: str = self.cleaned_data["discs"]
        if not words.strip():
            return None
        products = Product.objects.filter(center=self.center)
        found = list(products.filter(name__iexact=words.strip())[:2]) or list(search(products, words)[:4])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Einen Artikel mit diesem Namen gibt es nicht."), code="unknown")
        named = ", ".join(str(it) for it in found[:3])
        raise forms.ValidationError(_("Welcher ist gemeint? %(names)s"), params={"names": named}, code="several")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("provider") and not given.get("new_provider") and "provider" not in self.errors:
            self.add_error("provider", _("Bitte wählen Sie einen Anbieter, oder nennen Sie einen neuen."))
        return given
