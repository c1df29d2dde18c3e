"""A reservation to be: its lines, what for and how often. The desk's call and a school's own page make the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from frontend.answers import see_other
from frontend.forms import DateInput
from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.views.reserving.lines import Pick, whole_period
from frontend.views.reserving.missing import Missed, missed, remember
from frontend.views.reserving.repeating import REPEATS, rule_of, say_what_came_of
from lending import reservations
from lending.due_dates import local_day
from lending.models import Delivery, Reservation
from lending.reservations import Date, Series
from people.models import Institution, User


class HowForm(forms.Form):
    """What the desk needs to know beyond who, what and when."""

    purpose = forms.CharField(
        label=_("Wofür?"),
        required=False,
        max_length=200,
        help_text=_("Zum Beispiel: Projektwoche, Klasse 3b. Bitte keine Namen von Kindern."),
    )
    delivery = forms.ChoiceField(label=_("Übergabe"), choices=Delivery.choices, widget=forms.RadioSelect)
    repeat = forms.ChoiceField(label=_("Wiederholen"), choices=REPEATS, required=False)
    until = forms.DateField(
        label=_("Wiederholen bis"), required=False, widget=DateInput, help_text=_("Nur wenn Sie wiederholen.")
    )
    depending = ("until",)

    def __init__(self, *args: Any, may_repeat: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_repeat:
            del self.fields["repeat"], self.fields["until"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("repeat") and not said.get("until") and "until" not in self.errors:
            self.add_error("until", _("Bitte sagen Sie, bis wann."))
        return said


@dataclass(frozen=True)
class Draft:
    """Lines that all have a period, for an institution; ``said`` is the form, ``how`` what it says in HowForm."""

    institution: Institution
    lines: Sequence[Pick]
    how: dict[str, Any]
    said: QueryDict

    @property
    def is_repeated(self) -> bool:
        return bool(self.how.get("repeat"))

    def dates(self, by: User) -> list[Date]:
        """Of a repeated one, as they would come about. Raises NoRule and TooManyDates."""
        return reservations.foreseen(self.institution, rule=self._rule, by=by, **self._asked)

    def missed(self, dates: Iterable[Date], selection: Selection) -> list[Missed]:
        """What else could be had on those of ``dates`` that do not come about; ``selection`` is that of the lines."""
        return list(missed(dates, selection, self._asked["starts_at"]))

    def place(self, **who: Any) -> Reservation | Series:
        """``who`` as for ``reservations.place``; raises as it does, or as ``repeat``."""
        told = {**self._asked, "purpose": self.how["purpose"], "delivery": self.how["delivery"], **who}
        if self.is_repeated:
            return reservations.repeat(self.institution, rule=self._rule, **told)
        return reservations.place(self.institution, may_wait="may_wait" in self.said, **told)

    @property
    def _rule(self) -> str:
        return rule_of(self.how["repeat"], local_day(self._asked["starts_at"]), self.how["until"])

    @property
    def _asked(self) -> dict[str, Any]:
        starts_at, ends_at = whole_period(self.lines)
        wishes = [line.as_wish(needs_all=line.field in self.said) for line in self.lines]
        return {"wishes": wishes, "starts_at": starts_at, "ends_at": ends_at}


def show_dates(request: MemberRequest, made: Series, missed: Sequence[Missed]) -> HttpResponse:
    say_what_came_of(request, made)
    remember(request, made.series, missed)
    return see_other("reservation_series", series=made.series)
