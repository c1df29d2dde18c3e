"""The people of a centre and their roles, for its management."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.members.inviting import PAGE, StaffForm
from leihwerk.errors import DomainError
from people import memberships, once
from people.models import Membership
from people.permissions import require


@login_required
@require_safe
def team(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "members.appoint", on=center)
    staff = Membership.objects.visible_to(request.user).active().filter(center=center, institution=None)
    context = {"center": center, "staff": staff.select_related("user").order_by("role", "user__name")}
    return render(request, "frontend/members/team.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_team(request: MemberRequest) -> HttpResponse:
    """An address that is known already changes its role."""
    center = own_center(request)
    require(request.user, "members.appoint", on=center)
    form = StaffForm(sent(request))
    context = {"form": form, "place": center}
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    try:
        invited = once.run(lambda: memberships.invite(**form.cleaned_data, to=center, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("{name}: {role}.").format(name=invited.user, role=invited.get_role_display()))
    return see_other("team")
