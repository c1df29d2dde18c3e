"""Was würde heute gesendet? The letters as they would go out now; looking at them sends nothing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.requests import MemberRequest
from frontend.views.letters.overview import tabs
from lending import reminders
from people.permissions import require


@login_required
@require_safe
def rehearsal(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "letters.send", on=center)
    context = {"tabs": tabs(request), "letters": reminders.rehearse(center)}
    return render(request, "frontend/letters/rehearsal.html", context)
