"""Published lending rules of real media centres, as far as they can be stated in fields of a policy.

Facts only, gathered in November 2026 from the centres' own pages; each preset says just what its source says, so that
what a centre has set otherwise stays. What is not a field (who drives, what is paid) stands in its note.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lending.models import DayKind


@dataclass(frozen=True)
class Preset:
    """Rules to begin with: ``said`` are fields of a policy, ``note`` is what the fields cannot say."""

    key: str
    name: str
    summary: Promise
    said: Mapping[str, Any]
    note: Promise | str = ""


PRESETS: Final = (
    Preset(
        "bonn",
        "Bonn",
        _("14 Arbeitstage"),
        {"loan_days": 14, "day_kind": DayKind.WORKING.value, "counts_holidays": True},
        _("Verlängert wird nur, was niemand reserviert hat; das gilt hier immer. Sperriges holt man selbst ab."),
    ),
    Preset(
        "warendorf",
        "Warendorf",
        _("7 Tage"),
        {"loan_days": 7, "day_kind": DayKind.CALENDAR.value, "counts_holidays": True},
        _("Verliehen wird nur innerhalb des Kreises: Dazu legen Sie nur Einrichtungen des Kreises an."),
    ),
    Preset(
        "harburg",
        "Harburg",
        _("Medien 14 Tage, Geräte 8 Tage"),
        {"loan_days": 14, "day_kind": DayKind.CALENDAR.value, "counts_holidays": True},
        _("Für Geräte legen Sie eine Ausnahme mit 8 Tagen an. Es zählt der Tag, an dem alles wieder da ist."),
    ),
    Preset(
        "main-spessart",
        "Main-Spessart",
        _("14 Tage, nicht Abgeholtes ist nach 2 Tagen wieder frei"),
        {"loan_days": 14, "day_kind": DayKind.CALENDAR.value, "counts_holidays": True, "no_show_days": 2},
        _("Manches wird dort 28 Tage verliehen: Dafür legen Sie eine Ausnahme an."),
    ),
    Preset(
        "erlangen",
        "Erlangen",
        _("10 Schultage und einmal 5 mehr"),
        {"loan_days": 10, "day_kind": DayKind.SCHOOL.value, "max_renewals": 1, "renewal_days": 5},
    ),
    Preset(
        "ostallgaeu",
        "Ostallgäu",
        _("14 Tage, Ferien zählen nicht"),
        {"loan_days": 14, "day_kind": DayKind.CALENDAR.value, "counts_holidays": False},
    ),
    Preset(
        "hochtaunus",
        "Hochtaunus",
        _("Vor den Sommerferien kommt alles zurück"),
        {"is_back_before_summer": True},
    ),
    Preset(
        "ludwigsburg",
        "Ludwigsburg",
        _("Drei Erinnerungen"),
        {"remind_days_after": [3, 8, 12], "max_notices": 3},
        _("Nach der dritten schlagen wir eine Sperre vor, bis alles zurück ist; Ihre Leitung entscheidet."),
    ),
)
BY_KEY: Final = {preset.key: preset for preset in PRESETS}
