"""Meine Schule: what it has, what is coming, who belongs to it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.answers import see_other
from frontend.coming_up import Step, next_steps
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.standing import own_institutions
from frontend.states import standing, with_loans
from frontend.views.deletions.listing import with_titles
from frontend.views.letters.standing import rows
from frontend.views.reservations.listing import IS_CURRENT, WAS_OUT
from frontend.views.reservations.showing import loan_rows, with_things
from lending.models import Loan, Reservation
from lending.models.loan import LoanQuerySet
from lending.models.reservation import ReservationQuerySet
from licenses.models import Deletion
from people.models import Letter, Membership
from people.permissions import may

STEPS, LETTERS = 5, 5  # shown at once
SOONEST = 40  # loans that are looked at for the next steps: what goes back at one moment is one step


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
    loans = with_things(Loan.objects.visible_to(user).open().filter(institution=school).order_by("due_at", "pk"))
    coming = Reservation.objects.visible_to(user).filter(IS_CURRENT, ~WAS_OUT, institution=school)
    members = Membership.objects.visible_to(user).filter(institution=school).select_related("user")
    out = shown_page(request, loans, name="out")
    reserved = shown_page(request, with_loans(coming.order_by("starts_at", "pk")), name="reserved")
    people = shown_page(request, members.active().order_by("user__name", "pk"), name="people")
    letters = Letter.objects.visible_to(user).filter(institution=school).select_related("user", "contact")
    context = {
        "school": school,
        "institutions": institutions,
        "out": out,
        "loans": loan_rows(out, user, now),
        "next_steps": _steps(loans, coming),
        "letters": rows(letters[:LETTERS]),
        "reserved": reserved,
        "coming": [(row, standing(row, now)) for row in reserved],
        "members": people,
        "waiting": members.waiting().exclude(user=user),
        "deletions": with_titles(Deletion.objects.visible_to(user).open().filter(institution=school)),
        "sees_all": (sees_all := may(user, "members.activate", on=school)),
        "may_activate": sees_all,
    }
    return render(request, "frontend/my_school/my_school.html", context)


def _steps(loans: LoanQuerySet, coming: ReservationQuerySet) -> list[Step]:
    """The next ones, whichever pages are shown: of each kind as many as are shown at all are enough."""
    return next_steps(loans[:SOONEST], with_loans(coming.order_by("starts_at", "pk"))[:STEPS])[:STEPS]


urlpatterns = [path("meine-schule/", my_school, name="my_school")]
