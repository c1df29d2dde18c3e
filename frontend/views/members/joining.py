"""Saying for which school one would like to borrow."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.school_choice import SchoolChoice
from leihwerk.errors import DomainError
from people import memberships, once

PAGE = "frontend/members/join.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: MemberRequest) -> HttpResponse:
    form = SchoolChoice(sent(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    school = form.cleaned_data["institution"]
    try:
        once.run(lambda: memberships.ask_to_join(school, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, {"form": form})
    messages.success(
        request,
        _("Wir prüfen, ob Sie zu {school} gehören. Ansehen und anfragen können Sie schon.").format(school=school),
    )
    return see_other("home")
