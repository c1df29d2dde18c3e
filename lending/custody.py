"""Where things are now: at home, with whom, or why not to be had. Derived from loans and outages, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.models import Item
from inventory.models.item import Fitness, ItemQuerySet, Life
from leihwerk.errors import spoken
from lending.models import Loan, Outage


class Where(StrEnum):
    """What staff sort things by; each has a word in WORDS."""

    HOME = "home"
    OUT = "out"
    OVERDUE = "overdue"
    OUTAGE = "outage"
    UNFIT = "unfit"
    RETIRED = "retired"
    LOST = "lost"


WORDS: dict[Where, Promise] = {
    Where.HOME: gettext_lazy("im Haus"),
    Where.OUT: gettext_lazy("ausgeliehen"),
    Where.OVERDUE: gettext_lazy("überfällig"),
    Where.OUTAGE: gettext_lazy("gesperrt"),
    Where.UNFIT: gettext_lazy("zu prüfen oder unvollständig"),
    Where.RETIRED: gettext_lazy("ausgesondert"),
    Where.LOST: gettext_lazy("verloren"),
}


@dataclass(frozen=True)
class Custody:
    """Where one item is, with the loan or outage that says so."""

    where: Where
    loan: Loan | None = None
    outage: Outage | None = None
    detail: str = ""
    fitness: str = ""

    @property
    def word(self) -> str:
        return self.fitness or str(WORDS[self.where])


def custody_of(items: Iterable[Item], now: datetime) -> dict[int, Custody]:
    """By item id; two queries for any number of items."""
    items = list(items)
    out = Loan.objects.open().filter(item__in=items).select_related("institution")
    loans = {loan.item_id: loan for loan in out}
    begun = Outage.objects.open().filter(item__in=items, starts_at__lte=now)
    outages = {outage.item_id: outage for outage in begun}
    return {item.pk: _custody(item, loans.get(item.pk), outages.get(item.pk), now) for item in items}


def being(items: ItemQuerySet, where: Where, now: datetime) -> ItemQuerySet:
    """Those of ``items`` that are there now."""
    out = Exists(Loan.objects.open().filter(item=OuterRef("pk")))
    outage = Exists(Outage.objects.open().filter(item=OuterRef("pk"), starts_at__lte=now))
    active = Q(life=Life.ACTIVE)
    conditions = {
        Where.HOME: active & ~Q(out) & ~Q(outage) & Q(fitness=Fitness.OK),
        Where.OUT: Q(out),
        Where.OVERDUE: Q(Exists(Loan.objects.overdue(now).filter(item=OuterRef("pk")))),
        Where.OUTAGE: active & Q(outage),
        Where.UNFIT: active & ~Q(fitness=Fitness.OK),
        Where.RETIRED: Q(life=Life.RETIRED),
        Where.LOST: Q(life=Life.LOST),
    }
    return items.filter(conditions[where])


def _custody(item: Item, loan: Loan | None, outage: Outage | None, now: datetime) -> Custody:
    if loan is not None:
        return _out(loan, now)
    if item.life != Life.ACTIVE:
        where = Where.RETIRED if item.life == Life.RETIRED else Where.LOST
        return Custody(where, detail=spoken.format("{day}", day=item.retired_on) if item.retired_on else "")
    if outage is not None:
        return Custody(Where.OUTAGE, outage=outage, detail=_why(outage))
    if item.fitness != Fitness.OK:
        return Custody(Where.UNFIT, fitness=item.get_fitness_display())
    return Custody(Where.HOME)


def _out(loan: Loan, now: datetime) -> Custody:
    facts = {"institution": str(loan.institution), "day": loan.due_at}
    if loan.is_overdue(now):
        return Custody(Where.OVERDUE, loan, detail=spoken.format(_("{institution}, seit {day}"), **facts))
    return Custody(Where.OUT, loan, detail=spoken.format(_("{institution}, zurück bis {day}"), **facts))


def _why(outage: Outage) -> str:
    if outage.expected_end_at is None:
        return outage.get_reason_display()
    sentence = _("{reason} bis {day}")
    return spoken.format(sentence, reason=outage.get_reason_display(), day=outage.expected_end_at)
