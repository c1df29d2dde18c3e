"""Somebody does not work there any more; a colleague takes over what they have."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest
from frontend.views.members.deciding import membership_of
from leihwerk.errors import DomainError
from lending.privacy import open_business_of
from lending.responsibility import hand_over_responsibility
from people import memberships, once
from people.models import Contact, Membership, User
from people.permissions import may, require
from people.roles import Role

PAGE = "frontend/members/leave.html"


class SuccessorForm(forms.Form):
    """Who takes over; the value names the kind of person and the row."""

    successor = forms.ChoiceField(label=_("Wer übernimmt?"), required=False)

    def __init__(self, membership: Membership, *args: Any) -> None:
        super().__init__(*args)
        self.people: dict[str, User | Contact] = {}
        colleagues = Membership.objects.active().filter(institution=membership.institution).select_related("user")
        for colleague in colleagues.exclude(user=membership.user):
            self.people[f"user:{colleague.user_id}"] = colleague.user
        for contact in Contact.objects.filter(institution=membership.institution, left_on__isnull=True):
            self.people[f"contact:{contact.pk}"] = contact
        field = self.fields["successor"]
        field.choices = [("", _("Niemand Bestimmtes – wir schreiben an die Einrichtung")), *self.people.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_successor(self) -> User | Contact | None:
        return self.people.get(self.cleaned_data["successor"])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say_goodbye(request: MemberRequest, pk: int) -> HttpResponse:
    """Staff of a centre is let go by its management, everybody else by the coordinator or the desk."""
    membership = membership_of(request, pk)
    require(request.user, "members.leave" if membership.institution else "members.appoint", on=membership)
    is_staff = may(request.user, "items.see", on=membership)
    asked = request.POST if request.method == "POST" else None
    form = SuccessorForm(membership, asked) if membership.institution else forms.Form(asked)
    context = {
        "membership": membership,
        "form": form,
        "is_staff": is_staff,
        "open_business": _open_there(membership),
        "is_sole_coordinator": _is_sole_coordinator(membership),
    }
    if asked is None or not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    try:
        once.run(lambda: _let_go(membership, form.cleaned_data.get("successor"), request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("{name} ist ausgetragen.").format(name=membership.user))
    if membership.institution is None:
        return see_other("team")
    return see_other("institution", pk=membership.institution_id) if is_staff else see_other("my_school")


def _let_go(membership: Membership, successor: User | Contact | None, by: User) -> None:
    if successor is not None and membership.institution is not None:
        hand_over_responsibility(membership.user, successor, membership.institution, by=by)
    memberships.leave(membership, by=by)


def _open_there(membership: Membership) -> list[Any]:
    things: list[Any] = open_business_of(membership.user, now=timezone.now())
    return [thing for thing in things if thing.institution_id == membership.institution_id]


def _is_sole_coordinator(membership: Membership) -> bool:
    coordinators = Membership.objects.active().filter(institution=membership.institution_id, role=Role.COORDINATOR)
    return membership.role == Role.COORDINATOR and not coordinators.exclude(pk=membership.pk).exists()
