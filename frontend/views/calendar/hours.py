"""The opening hours of the week."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.calendar.forms import HoursForm
from leihwerk.errors import DomainError
from lending import rules
from lending.rulebook import Rulebook
from people import once
from people.calendar import Hours
from people.models import Center
from people.permissions import require

PAGE = "frontend/calendar/hours.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: MemberRequest) -> HttpResponse:
    """Saves at once what moves nothing; what would move something is shown first."""
    center = own_center(request)
    require(request.user, "calendar.keep", on=center)
    form = HoursForm(sent(request), center=center)
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    wanted = form.hours()
    effect = _effect(center, wanted)
    context = {"form": form, "effect": effect}
    if wanted and not effect.is_nothing and "confirmed" not in request.POST:
        return render(request, PAGE, context)
    try:
        once.run(lambda: rules.keep_hours(center, wanted, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, {"form": form})
    messages.success(request, _("Gespeichert."))
    return see_other("calendar")


def _effect(center: Center, wanted: list[Hours]) -> rules.Effect:
    rulebook = Rulebook.of(center)
    by_day = {day: [(it.opens, it.closes) for it in wanted if it.weekday == day] for day in range(7)}
    return rules.preview(center, rulebook.with_calendar(replace(rulebook.calendar, hours=by_day)))
