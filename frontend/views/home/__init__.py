"""The front page, and the home of everybody who is signed in."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from frontend.answers import see_other
from frontend.context import center_of
from frontend.requests import MemberRequest, PageRequest
from frontend.standing import own_institutions
from frontend.views.home.center import center_home
from frontend.views.home.school import school_home
from people.models import Center
from people.permissions import may


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """Staff first: who works for a centre and teaches besides finds the school in the menu."""
    if request.user.is_anonymous:
        return render(request, "frontend/home/welcome.html")
    center = center_of(request)
    if center and may(request.user, "journal.see", on=center):
        return center_home(request, center)
    if center and may(request.user, "desk.see", on=center):
        return see_other("today")
    if center and own_institutions(request):
        return school_home(cast("MemberRequest", request), center)
    if request.user.is_operator:
        centers = Center.objects.visible_to(request.user)
        return render(request, "frontend/home/operator.html", {"centers": centers})
    return render(request, "frontend/home/nowhere.html")


urlpatterns = [path("", home, name="home")]
