"""Which contracts the licences of a list come to, compared with those that a centre has, before any is written.

A contract is known by its number. Where the list names none, what one provider gives under one kind of licence for the
same days is one contract. What is written down already is never rewritten: a medium that has this right for these days
keeps it, and where list and contract disagree, that is said and somebody decides.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsWrong, as_text
from licenses.entitlements import Rights, columns
from licenses.importing.granting import cost_of_period, rights
from licenses.importing.licence_cells import Kind, Licence
from licenses.importing.places import Places
from licenses.models import CapacityKind, Contract, Entitlement, Medium, Period
from licenses.models.contract import ContractQuerySet
from licenses.rights import Preset
from people.models import Center

NUMBERED: Final = "MEDIEN-{n:04}"
"""How a contract is called whose number nobody told."""
_TOO_MUCH: Final = Decimal(10**8)


@dataclass(eq=False)
class Agreed:
    """A contract with its periods, known or new."""

    contract: Contract
    periods: list[Period] = field(default_factory=list)


@dataclass(eq=False)
class Given:
    """An entitlement to be written, and the rights it was made of."""

    entitlement: Entitlement
    rights: Rights


class Agreements:
    """``contracts``, ``periods`` and ``given`` are to be written; ``dearer`` are known periods whose cost grows."""

    def __init__(self, center: Center, today: date) -> None:
        self.center, self.today, self.places = center, today, Places(center)
        self.contracts: list[Contract] = []
        self.periods: list[Period] = []
        self.given: list[Given] = []
        self.dearer: dict[Period, Decimal] = defaultdict(Decimal)
        self._by_number: dict[str, Agreed] = {}
        self._alike: dict[tuple[object, str], list[Agreed]] = defaultdict(list)
        self._had: dict[int, list[tuple[Agreed, Period, Entitlement]]] = defaultdict(list)
        self._read(Contract.objects.filter(center=center).order_by("pk"))

    def _read(self, known: ContractQuerySet) -> None:
        for contract in known.prefetch_related("periods"):
            agreed = Agreed(contract, list(contract.periods.all()))
            self._by_number[contract.number.casefold()] = agreed
        periods = {it.pk: (agreed, it) for agreed in self._by_number.values() for it in agreed.periods}
        for entitlement in Entitlement.objects.filter(center=self.center, medium__isnull=False):
            agreed, period = periods[entitlement.period_id]
            self._note(agreed, entitlement.preset)
            self._had[entitlement.medium_id or 0].append((agreed, period, entitlement))

    def take(self, medium: Medium, told: Licence) -> str:
        """Plan what ``medium`` gets; where that will stand, or nothing if it has it. Raises CellIsWrong when list and
        contract disagree."""
        preset = Preset((told.kind or Kind("", "")).preset)
        known = self._known(medium, preset, told)
        for agreed, period, entitlement in known:
            if _is_told(period, told):
                _ask_the_same(agreed.contract, entitlement, preset, told)
                return ""
        starts_on = told.starts_on or min(self.today, told.ends_on or self.today)
        cost = cost_of_period(told.cost, starts_on, told.ends_on)
        _ask_cost(cost)
        agreed = self._contract(medium, preset, told, [agreed for agreed, _period, _it in known])
        period = self._period(agreed, starts_on, told)
        self._pay(period, cost)
        granted = rights(preset, told, *self.places.of(told))
        entitlement = Entitlement(center=self.center, period=period, medium=medium, **columns(granted))
        self.given.append(Given(entitlement, granted))
        self._note(agreed, preset)
        return f"{agreed.contract}, {_days(period)}"

    def _known(self, medium: Medium, preset: str, told: Licence) -> list[tuple[Agreed, Period, Entitlement]]:
        """What ``medium`` has of that contract, of that kind of licence or for those days; the latest first."""
        number = (told.contract or "").casefold()
        had = [
            (agreed, period, entitlement)
            for agreed, period, entitlement in self._had[medium.pk or 0]
            if entitlement.preset == preset or agreed.contract.number.casefold() == number or _is_told(period, told)
        ]
        return sorted(had, key=lambda it: (it[0].contract.number.casefold() == number, it[1].starts_on), reverse=True)

    def _contract(self, medium: Medium, preset: str, told: Licence, having: Iterable[Agreed]) -> Agreed:
        if told.contract:
            return self._by_number.get(told.contract.casefold()) or self._sign(medium, told, told.contract)
        if earlier := next(iter(having), None):
            return earlier
        alike = self._alike[_provider(medium), preset]
        fitting = (agreed for agreed in alike if any(_is_told(period, told) for period in agreed.periods))
        return next(fitting, None) or self._sign(medium, told, self._next_number())

    def _sign(self, medium: Medium, told: Licence, number: str) -> Agreed:
        kind = told.kind or Kind("", "")
        words = kind.words if kind.preset == Preset.OPEN else str(Preset(kind.preset).label)
        title = f"{words}, {medium.provider}"[:160]
        agreed = Agreed(Contract(center=self.center, provider=medium.provider, number=number, title=title))
        self._by_number[number.casefold()] = agreed
        self.contracts.append(agreed.contract)
        return agreed

    def _next_number(self) -> str:
        n = len(self._by_number) + 1
        while (number := NUMBERED.format(n=n)).casefold() in self._by_number:
            n += 1
        return number

    def _period(self, agreed: Agreed, starts_on: date, told: Licence) -> Period:
        if same := next((period for period in agreed.periods if _is_told(period, told)), None):
            return same
        for period in agreed.periods:
            if starts_on <= (period.ends_on or date.max) and period.starts_on <= (told.ends_on or date.max):
                reason = _("passt nicht zum Vertrag {number}: Er läuft {days}. Bitte prüfen und von Hand eintragen")
                raise CellIsWrong(reason.format(number=agreed.contract.number, days=_days(period)))
        begun = Period(center=self.center, contract=agreed.contract, starts_on=starts_on, ends_on=told.ends_on)
        agreed.periods.append(begun)
        self.periods.append(begun)
        return begun

    def _pay(self, period: Period, cost: Decimal) -> None:
        _ask_cost(period.cost + cost)
        period.cost += cost
        if period.pk and cost:
            self.dearer[period] += cost

    def _note(self, agreed: Agreed, preset: str) -> None:
        alike = self._alike[_provider(agreed.contract), preset]
        if agreed not in alike:
            alike.append(agreed)


def _provider(of: Contract | Medium) -> object:
    """A provider that is not written yet is known by itself."""
    return of.provider_id or f"new {id(of.provider)}"


def _is_told(period: Period, told: Licence) -> bool:
    return told.starts_on in {None, period.starts_on} and told.ends_on == period.ends_on


def _ask_cost(cost: Decimal) -> None:
    if cost >= _TOO_MUCH:
        raise CellIsWrong(_("macht die Kosten der Laufzeit zu hoch; bitte den Vertrag von Hand eintragen"))


def _ask_the_same(contract: Contract, entitlement: Entitlement, preset: str, told: Licence) -> None:
    """Raise CellIsWrong where the list says something else about a right that is written down."""
    if told.contract and told.contract.casefold() != contract.number.casefold():
        reason = _("hat dieses Recht schon im Vertrag {number}. Bitte dort die Vertragsnummer ändern")
        raise CellIsWrong(reason.format(number=contract.number))
    if entitlement.preset not in {"", preset}:
        reason = _("hat im Vertrag {number} eine andere Lizenzart ({before}). Bitte dort ändern, wenn die Liste stimmt")
        raise CellIsWrong(reason.format(number=contract.number, before=Preset(entitlement.preset).label))
    counted = told.capacity
    if counted and (counted.kind, counted.number) != (entitlement.capacity_kind, entitlement.capacity):
        before = f"{as_text(entitlement.capacity)} {CapacityKind(entitlement.capacity_kind).label}".strip()
        reason = _("hat im Vertrag {number} einen anderen Umfang ({before}). Bitte dort ändern, wenn die Liste stimmt")
        raise CellIsWrong(reason.format(number=contract.number, before=before))


def _days(period: Period) -> str:
    if period.ends_on is None:
        return _("seit {on}, bis auf Weiteres").format(on=as_text(period.starts_on))
    return f"{as_text(period.starts_on)} – {as_text(period.ends_on)}"
