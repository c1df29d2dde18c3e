"""What has been understood of a call so far: who, what and when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontend.selection import Choice, Hours, Selection
from frontend.views.calling.caller import Caller
from frontend.views.calling.naming import Named, find
from frontend.views.calling.reading import read_days, read_hours
from frontend.views.reserving.draft import Draft, HowForm
from frontend.views.reserving.lines import Pick, picks
from frontend.views.reserving.picking import picked
from inventory.models import Product
from lending.calendars import calendar_of, rules_for
from lending.catalogue import Period, period_of, usual_rules
from lending.due_dates import Calendar, Rules, due_at, local_day
from lending.models import Delivery
from people.models import Center, User

NAMING = ("what", "product", "bundle")
"""The fields of what is only named so far, and not yet among the lines."""


@dataclass
class Call:
    """The typed words, resolved as far as they are clear. Nothing is chosen for anybody where two things match."""

    said: QueryDict
    center: Center
    user: User
    now: datetime

    @cached_property
    def caller(self) -> Caller:
        return Caller(self.said, self.center, self.user, self.now)

    @cached_property
    def days(self) -> tuple[date, date | None] | None:
        return read_days(read_hours(self.said.get("when", ""))[1], local_day(self.now))

    @cached_property
    def named(self) -> Named:
        return find(self.said, self.center, self.user, self._period_of, self.now)

    @cached_property
    def picked(self) -> Selection:
        """The lines so far."""
        said = self.said.copy()
        said.pop("product", None)
        return picked(said)

    @cached_property
    def selection(self) -> Selection:
        """The lines so far and what is named now, on the days and at the hours that were said."""
        selection = self.named.added_to(self.picked, self.days[0] if self.days else None)
        if self.days is None:
            return selection
        products = Product.objects.visible_to(self.user).filter(center=self.center).in_bulk(selection.products)
        hours = self._hours
        choices = tuple(
            replace(it, hours=hours) if it.hours is None and _by_the_hour(it, products) else it
            for it in selection.choices
        )
        starts_on, ends_on = self.days
        return replace(selection, choices=choices, starts_on=starts_on, ends_on=ends_on or self._usual_end(products))

    @cached_property
    def lines(self) -> list[Pick]:
        return picks(self.selection, self.user, self.center, self.caller.institution)

    @property
    def lines_so_far(self) -> list[Pick]:
        """Without what is named now: that may come to a line that is there."""
        there = self.picked.keyed
        return [
            replace(line, choice=replace(line.choice, quantity=there[line.key].quantity))
            for line in self.lines
            if line.key in there
        ]

    def taken(self) -> QueryDict:
        """What is said, with what is named among the lines; as it was where that is not clear."""
        said = self.said.copy()
        if self.named.is_clear:
            for name, value in self.selection.on_days(None, None).grouped().items():
                said.setlist(name, value)
            for name in NAMING:
                said.pop(name, None)
        return said

    def form(self, *, is_sent: bool = False) -> HowForm:
        said = {"delivery": Delivery.PICKUP, **self.said.dict()}
        may_repeat = any(choice.hours for choice in self.selection.choices)
        return HowForm(said if is_sent else None, initial=said, may_repeat=may_repeat)

    @property
    def missing(self) -> list[str]:
        """What is not clear yet, in words; words that nothing is meant by are not clear."""
        has_things = self.lines and (self.named.is_clear or not self.said.get("what", "").strip())
        has_times = all(line.period for line in self.lines)
        found = {
            _("die Einrichtung"): self.caller.institution,
            _("der Artikel"): has_things,
            _("der Zeitraum"): has_times or self.days,
            _("die Uhrzeit"): has_times or not self.days,
            _("die Person"): self.caller.person,
        }
        return [name for name, value in found.items() if not value]

    def draft(self, form: HowForm) -> Draft | None:
        """None as long as something is missing, or ``form`` has mistakes."""
        institution = self.caller.institution
        if institution is None or self.missing or not form.is_valid():
            return None
        return Draft(institution, self.lines, form.cleaned_data, self.said)

    @property
    def _hours(self) -> Hours | None:
        hours, _rest = read_hours(self.said.get("when", ""))
        return Hours(self.days[0], *hours) if self.days and hours else None

    @cached_property
    def _calendar(self) -> Calendar:
        return calendar_of(self.center)

    def _rules(self, product: Product | None) -> Rules:
        return rules_for(product, self.caller.institution) if product else usual_rules(self.center)

    def _usual_end(self, products: Mapping[int, Product]) -> date:
        """Until when the rules give things, if nobody says; the shortest holds for all."""
        starts_on = self.days[0] if self.days else local_day(self.now)
        ends = (
            due_at(starts_on, self._rules(it), self._calendar).at for it in products.values() if not it.is_by_the_hour
        )
        return min(map(local_day, ends), default=starts_on)

    def _period_of(self, product: Product | None) -> Period | None:
        if self.days is None:
            return None
        starts_on, ends_on = self.days
        rules = self._rules(product)
        last = ends_on or local_day(due_at(starts_on, rules, self._calendar).at)
        return period_of(starts_on, last, rules, self._calendar)


def _by_the_hour(choice: Choice, products: Mapping[int, Product]) -> bool:
    return choice.product in products and products[choice.product].is_by_the_hour
