"""The switch of the daily list for the desk."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.requests import MemberRequest
from lending import desk_day
from people.once import run
from people.permissions import require


def _hours() -> list[tuple[str, object]]:
    return [("", _("nicht")), *((str(hour), _("{hour} Uhr").format(hour=hour)) for hour in desk_day.HOURS)]


class DeskDayForm(forms.Form):
    is_filter = True

    hour = forms.ChoiceField(label=_("An Öffnungstagen um"), required=False, choices=_hours)


@login_required
@require_POST
def set_desk_day(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "policies.keep", on=center)
    form = DeskDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie eine Uhrzeit."))
        return see_other("letters")
    hour = int(form.cleaned_data["hour"]) if form.cleaned_data["hour"] else None
    run(lambda: desk_day.set_hour(center, hour, by=request.user))
    messages.success(request, _("Gespeichert."))
    return see_other("letters")
