"""Meine Schule: what it has, what is coming, who belongs to it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.answers import see_other
from frontend.coming_up import next_steps
from frontend.requests import MemberRequest
from frontend.standing import own_institutions
from frontend.states import standing, with_loans
from frontend.views.letters.standing import rows
from frontend.views.reservations.listing import IS_CURRENT, WAS_OUT
from frontend.views.reservations.showing import loan_rows, with_things
from lending.models import Loan, Reservation
from people.models import Letter, Membership
from people.permissions import may

STEPS, LETTERS = 5, 5  # shown at once


@login_required
@require_safe
def my_school(request: MemberRequest) -> HttpResponse:
    """A teacher sees what is theirs, a coordinator what is the school's: ``visible_to`` decides."""
    institutions = own_institutions(request)
    if not institutions:
        return see_other("home")
    wanted = request.GET.get("institution", "")
    school = next((it for it in institutions if str(it.pk) == wanted), institutions[0])
    user, now = request.user, timezone.now()
    loans = with_things(Loan.objects.visible_to(user).open().filter(institution=school).order_by("due_at"))
    coming = Reservation.objects.visible_to(user).filter(IS_CURRENT, ~WAS_OUT, institution=school)
    members = Membership.objects.visible_to(user).filter(institution=school).select_related("user")
    reserved = list(with_loans(coming.order_by("starts_at")))
    letters = Letter.objects.visible_to(user).filter(institution=school).select_related("user", "contact")
    context = {
        "school": school,
        "institutions": institutions,
        "loans": loan_rows(loans, user, now),
        "next_steps": next_steps(loans, reserved)[:STEPS],
        "letters": rows(letters[:LETTERS]),
        "coming": [(row, standing(row, now)) for row in reserved],
        "members": members.active().order_by("user__name"),
        "waiting": members.waiting().exclude(user=user),
        "sees_all": (sees_all := may(user, "members.activate", on=school)),
        "may_activate": sees_all,
    }
    return render(request, "frontend/my_school/my_school.html", context)


urlpatterns = [path("meine-schule/", my_school, name="my_school")]
