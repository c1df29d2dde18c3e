"""Where a licence of a list holds, as scopes of the centre: found by what they include, or made once."""

from typing import Final

from django.utils.translation import gettext as _

from inventory.importing.names import sort_keys
from licenses.importing.licence_cells import Licence
from licenses.importing.scopes import Scope as Told
from licenses.models import Scope
from licenses.rights import USUAL, Preset, Reach
from people import school_forms
from people.models import Center
from people.models.institution import InstitutionKind

#: By the letters of a Land, the digits with which the keys of its municipalities begin, and its name.
LAENDER: Final = {
    "SH": ("01", "Schleswig-Holstein"), "HH": ("02", "Hamburg"), "NI": ("03", "Niedersachsen"),
    "HB": ("04", "Bremen"), "NW": ("05", "Nordrhein-Westfalen"), "HE": ("06", "Hessen"),
    "RP": ("07", "Rheinland-Pfalz"), "BW": ("08", "Baden-Württemberg"), "BY": ("09", "Bayern"),
    "SL": ("10", "Saarland"), "BE": ("11", "Berlin"), "BB": ("12", "Brandenburg"),
    "MV": ("13", "Mecklenburg-Vorpommern"), "SN": ("14", "Sachsen"), "ST": ("15", "Sachsen-Anhalt"),
    "TH": ("16", "Thüringen"),
}  # fmt: skip
LONGEST_NAME: Final = 160
Content = tuple[frozenset[str], frozenset[str], frozenset[str]]


class Places:
    """The scopes of a centre that name no institution, and those that a list adds."""

    def __init__(self, center: Center) -> None:
        self.center = center
        known = list(Scope.objects.filter(center=center).order_by("-pk").prefetch_related("named"))
        self._names = {str(scope.sort_name) for scope in known}
        self._scopes = {_content(scope): scope for scope in known if not scope.named.all()}
        self.new: list[Scope] = []

    def of(self, licence: Licence) -> tuple[Scope, ...]:
        """One scope; none where the cell counts or names institutions, which somebody has to assign by hand."""
        told = licence.scope or _usual(licence)
        if told is None or told.number is not None or told.names or told.reach == Reach.NAMED:
            return ()
        content = (self._territory(told), told.school_forms, told.institution_kinds)
        if content not in self._scopes:
            self._scopes[content] = self._make(told, content)
        return (self._scopes[content],)

    def _make(self, told: Told, content: Content) -> Scope:
        territory, forms, kinds = map(sorted, content)
        scope = Scope(center=self.center, territory=territory, school_forms=forms, institution_kinds=kinds)
        scope.name = self._free_name(self._said(told, forms, kinds))
        self.new.append(scope)
        return scope

    def _territory(self, told: Told) -> frozenset[str]:
        if told.reach == Reach.WORLD:
            return frozenset()
        if told.reach == Reach.LAND:
            land = told.land or self.center.land
            return frozenset({LAENDER[land][0]} if land in LAENDER else {key[:2] for key in self.center.territory})
        return frozenset(self.center.territory)

    def _said(self, told: Told, forms: list[str], kinds: list[str]) -> str:
        land = LAENDER.get(told.land or self.center.land, ("", _("das ganze Land")))[1]
        where = {Reach.WORLD: _("überall"), Reach.LAND: land}.get(Reach(told.reach), self.center.city or _("hier"))
        others = [str(InstitutionKind(kind).label) for kind in kinds if not (forms and kind == InstitutionKind.SCHOOL)]
        words = ", ".join([*map(school_forms.plural_of, forms), *others])
        return (f"{where}: {words}" if words else where)[: LONGEST_NAME - 10]

    def _free_name(self, wanted: str) -> str:
        """``wanted``, or where that is another scope's name, with the first number that is free."""
        names = [wanted, *(f"{wanted} ({n})" for n in range(2, len(self._names) + 3))]
        keys = sort_keys(set(names))
        free = next(name for name in names if keys[name] not in self._names)
        self._names.add(keys[free])
        return free


def _usual(licence: Licence) -> Told | None:
    """What the kind of licence says where the list says nothing."""
    if licence.kind is None or not licence.kind.preset:
        return None
    return Told(reach=USUAL[Preset(licence.kind.preset)].reach.value)


def _content(scope: Scope) -> Content:
    return frozenset(scope.territory), frozenset(scope.school_forms), frozenset(scope.institution_kinds)
