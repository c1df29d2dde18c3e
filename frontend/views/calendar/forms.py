"""The forms of the calendar's pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend.forms import DateInput, TimeInput
from people.calendar import Holidays, Hours
from people.models import Center
from people.models.calendar import Weekday

STRETCHES = 2


class ClosingForm(forms.Form):
    starts_on = forms.DateField(label=_("Geschlossen am"), widget=DateInput)
    ends_on = forms.DateField(label=_("bis einschließlich"), widget=DateInput)
    reason = forms.CharField(
        label=_("Grund"),
        max_length=120,
        help_text=_("Steht so im Brief an alle, die es betrifft. Zum Beispiel: Krankheit, Fortbildung, Sturm."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Das Ende liegt vor dem Anfang."))
        elif ends_on and ends_on < timezone.localdate():
            self.add_error("ends_on", _("Dieser Tag ist schon vorbei."))
        return cleaned


class HoursForm(forms.Form):
    """Two stretches for each weekday, for those who close at noon; an empty one says nothing."""

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dict[int, list[Any]] = {day: [] for day in Weekday.values}
        for row in center.opening_hours.all():
            known[row.weekday].append(row)
        for day, label in Weekday.choices:
            for number in range(STRETCHES):
                there = known[day][number] if number < len(known[day]) else None
                self._add(f"opens_{day}_{number}", _("{day}: öffnet um"), label, there.opens if there else None)
                self._add(f"closes_{day}_{number}", _("{day}: schließt um"), label, there.closes if there else None)

    def _add(self, name: str, label: Any, day: Any, initial: Any) -> None:
        words = str(label).format(day=day)
        widget = TimeInput({"aria-label": words})
        self.fields[name] = forms.TimeField(label=words, required=False, initial=initial, widget=widget)

    @property
    def days(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        return [
            (label, [(self[f"opens_{day}_{number}"], self[f"closes_{day}_{number}"]) for number in range(STRETCHES)])
            for day, label in Weekday.choices
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [name for name in self.fields if name.startswith("opens")]
        for opens, closes in ((name, name.replace("opens", "closes")) for name in names):
            lacking = [name for name in (opens, closes) if cleaned.get(name) is None and name not in self.errors]
            if len(lacking) == 1 and not {opens, closes} & {*self.errors}:
                self.add_error(lacking[0], _("Es fehlt eine der beiden Zeiten."))
        return cleaned

    def hours(self) -> list[Hours]:
        found = []
        for day in Weekday.values:
            for number in range(STRETCHES):
                opens = self.cleaned_data.get(f"opens_{day}_{number}")
                closes = self.cleaned_data.get(f"closes_{day}_{number}")
                if opens and closes:
                    found.append(Hours(day, opens, closes))
        return found


class HolidayForm(forms.Form):
    name = forms.CharField(label=_("Ferien"), max_length=60, help_text=_("Zum Beispiel: Osterferien, Pfingstferien."))
    starts_on = forms.DateField(label=_("erster Ferientag"), widget=DateInput)
    ends_on = forms.DateField(label=_("letzter Ferientag"), widget=DateInput)
    is_summer = forms.BooleanField(
        label=_("Sommerferien"), required=False, help_text=_("Vor ihnen kommt alles zurück, wenn die Regeln es sagen.")
    )

    def holidays(self) -> Holidays:
        return Holidays(**self.cleaned_data)


class HolidaysFileForm(forms.Form):
    file = forms.FileField(
        label=_("Datei mit den Ferien"),
        help_text=_("Kalender (.ics), zum Beispiel vom Schulministerium, oder Tabelle mit Ferien, von, bis."),
        widget=forms.FileInput(attrs={"accept": ".ics,.csv,.tsv,.txt,.xlsx,.ods"}),
        allow_empty_file=True,
    )


class ReadJSON(forms.JSONField):
    """Numbers with more digits than Python reads, and depths that it does not reach, are a mistake, too."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class FoundForm(forms.Form):
    """What was read from a file and is taken over now: one line for each, as the page before wrote it."""

    holidays = ReadJSON(widget=forms.HiddenInput)

    def clean_holidays(self) -> list[Holidays]:
        try:
            return [
                Holidays(date.fromisoformat(first), date.fromisoformat(last), str(name)[:60], bool(is_summer))
                for first, last, name, is_summer in self.cleaned_data["holidays"][:400]
            ]
        except (TypeError, ValueError, KeyError) as error:
            raise forms.ValidationError(_("Das konnten wir nicht lesen.")) from error
