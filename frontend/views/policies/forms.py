"""Every field of a policy with a plain hint; an empty one says nothing."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from frontend.forms import TimeInput
from inventory.models import Category, Product
from lending.models import DayKind, Policy
from lending.policies import Terms
from lending.rules.policy_keeping import LIMITS
from people.models import Center
from people.models.institution import InstitutionKind

MAIN: Final = (
    *("loan_days", "day_kind", "counts_holidays", "is_back_before_summer"),
    *("lead_days", "max_renewals", "needs_approval", "remind_days_after"),
)
MORE: Final = (
    *("pickup_time", "return_time", "horizon_days", "max_days", "renewal_days", "max_items", "needs_briefing"),
    *("answer_days", "preparation_days", "turnaround_days", "no_show_days", "offer_days", "remind_days_before"),
    "max_notices",
)
CASE: Final = ("product", "category", "institution_kind")
HINTS: Final = {
    "loan_days": _("Wie lange etwas ohne Verlängerung bleiben darf, gezählt ab dem Tag der Abholung."),
    "day_kind": _("Öffnungstage sind Ihre eigenen; Arbeitstage Montag bis Freitag ohne Feiertage."),
    "counts_holidays": _("Sonst ruht die Frist in den Schulferien, und nichts wird in ihnen fällig."),
    "is_back_before_summer": _("Spätestens am letzten Öffnungstag vor den Sommerferien."),
    "lead_days": _("So viele Öffnungstage brauchen Sie zum Packen, vom Eingang bis zur Abholung."),
    "max_renewals": _("Wie oft eine Ausleihe verlängert werden kann, wenn niemand wartet. 0: nie."),
    "needs_approval": _("Jede Reservierung ist zuerst eine Anfrage; die Theke sagt zu oder ab."),
    "remind_days_after": _("Arbeitstage nach dem Rückgabetag, mit Komma. Die dritte geht an die Leitung der Schule."),
    "pickup_time": _("Ab dieser Uhrzeit liegt alles bereit."),
    "return_time": _("Bis zu dieser Uhrzeit ist alles zurück; bis Sie schließen, gilt nichts als überfällig."),
    "horizon_days": _("So viele Tage vorher kann man frühestens reservieren."),
    "max_days": _("Die längste Reservierung. Leer: so lang wie die Leihfrist."),
    "renewal_days": _("Leer: noch einmal so lang wie die Leihfrist."),
    "max_items": _("So viele Geräte eines Artikels bekommt eine Einrichtung zugleich. Leer: keine Grenze."),
    "max_notices": _(
        "Nach so vielen Erinnerungen schlagen wir vor, der Einrichtung nichts Neues auszuleihen, bis alles zurück ist. "
        "Ihre Leitung entscheidet. Leer: nie."
    ),
    "needs_briefing": _("Vor der ersten Ausgabe zeigen Sie, wie es geht."),
    "answer_days": _("Bis dahin antworten Sie auf Anfragen, in Arbeitstagen."),
    "preparation_days": _("Öffnungstage vor der Abholung, an denen das Gerät schon vorbereitet wird."),
    "turnaround_days": _("Öffnungstage nach der Rückgabe zum Prüfen, Laden und Reinigen."),
    "no_show_days": _("Öffnungstage nach dem Abholtag; danach sind die Geräte wieder frei. Nie beim Kurier."),
    "offer_days": _("Öffnungstage, die wir Vorgemerkten etwas frei halten, bis sie zusagen. 0: nur Bescheid geben."),
    "remind_days_before": _("Öffnungstage vor der Rückgabe, an denen eine freundliche Mail erinnert. 0: keine."),
}


class PolicyForm(forms.Form):
    """The fields of one row. ``usual`` is what holds where the row says nothing."""

    is_filter = True  # every field may be empty; none needs to say so

    def __init__(self, *args: Any, row: Policy, usual: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.usual = row, usual
        for name in (*MAIN, *MORE):
            self.fields[name] = _field(name, usual)
            value = getattr(row, name)
            if name not in self.initial:
                self.initial[name] = value
            if isinstance(self.initial[name], list):
                self.initial[name] = ", ".join(str(step) for step in self.initial[name])
            elif isinstance(self.initial[name], bool):
                self.initial[name] = "yes" if self.initial[name] else "no"

    @property
    def main(self) -> list[Any]:
        return [self[name] for name in MAIN]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in MORE]

    @property
    def words(self) -> str:
        """What the row says, and nothing else: Leihfrist (Tage): 7; Nur mit Zusage: ja"""
        told = []
        for field in (*self.main, *self.more):
            if (value := field.value()) not in (None, ""):
                known = {str(key): label for key, label in getattr(field.field, "choices", ())}
                told.append(f"{field.label}: {known.get(str(value), value)}")
        return "; ".join(told)

    @property
    def has_more(self) -> bool:
        """Something is said or wrong among the further rules: they stand open then."""
        return any(self[name].value() not in (None, "") for name in MORE) or bool({*MORE} & {*self.errors})

    def clean_remind_days_after(self) -> list[int] | None:
        words = self.cleaned_data["remind_days_after"].replace(";", ",").replace(" ", "").strip(",")
        if not words:
            return None
        steps = words.split(",")
        if not all(step.isdecimal() and len(step) < 4 for step in steps):
            raise forms.ValidationError(_now("Bitte Zahlen mit Komma dazwischen. Zum Beispiel: 3, 8, 12."))
        return [int(step) for step in steps]

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*MAIN, *MORE)}


class OverrideForm(PolicyForm):
    """For one article, one category or one kind of institution."""

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {name: self.fields.pop(name) for name in list(self.fields)}
        self.fields["product"] = forms.ModelChoiceField(
            Product.objects.filter(center=center), label=_("Artikel"), required=False, empty_label=_now("alle")
        )
        self.fields["category"] = forms.ModelChoiceField(
            Category.objects.filter(center=center), label=_("oder Kategorie"), required=False, empty_label=_now("alle")
        )
        self.fields["institution_kind"] = forms.ChoiceField(
            label=_("nur für"), required=False, choices=[("", _now("alle Einrichtungen")), *InstitutionKind.choices]
        )
        self.fields |= known

    @property
    def case(self) -> list[Any]:
        return [self[name] for name in CASE]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("product") and cleaned.get("category"):
            self.add_error("category", _("Bitte entweder einen Artikel oder eine Kategorie."))
        if not any(cleaned.get(name) for name in CASE) and not self.errors:
            self.add_error("product", _("Bitte wählen Sie, wofür die Ausnahme gilt."))
        return cleaned

    def of_case(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] or None for name in ("product", "category")} | {
            "institution_kind": self.cleaned_data["institution_kind"]
        }


def _field(name: str, usual: Terms) -> forms.Field:
    column: Any = Policy._meta.get_field(name)
    label = str(column.verbose_name)
    shown: dict[str, Any] = {"label": label[0].upper() + label[1:], "required": False}
    hint = str(HINTS[name])
    value = getattr(usual, name)
    if name == "day_kind":
        choices = [("", _now("wie sonst: {usual}").format(usual=DayKind(value).label)), *DayKind.choices]
        return forms.ChoiceField(choices=choices, help_text=hint, **shown)
    if isinstance(value, bool):
        usually = _now("wie sonst: {usual}").format(usual=_now("ja") if value else _now("nein"))
        choices = [("", usually), ("yes", _now("ja")), ("no", _now("nein"))]
        return forms.TypedChoiceField(
            choices=choices, coerce=lambda it: it == "yes", empty_value=None, help_text=hint, **shown
        )
    if value is not None:
        hint = _now("{hint} Ohne Angabe: {usual}.").format(hint=hint, usual=_spoken(value))
    if name in LIMITS:
        least, most = LIMITS[name]
        return forms.IntegerField(min_value=least, max_value=most, help_text=hint, **shown)
    if name == "remind_days_after":
        return forms.CharField(max_length=60, help_text=hint, **shown)
    return forms.TimeField(widget=TimeInput, help_text=hint, **shown)


def _spoken(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(step) for step in value)
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)
