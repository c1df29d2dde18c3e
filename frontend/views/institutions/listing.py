"""Finding an institution while one types."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.answers import page_or_fragment
from frontend.context import own_center
from frontend.forms import SearchInput
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from lending.models import Loan
from people.models import Center, Institution, Membership, User
from people.models.institution import InstitutionKind, InstitutionQuerySet
from people.permissions import may, require


class InstitutionFilter(forms.Form):
    """``show`` is one of the hints that lead here."""

    is_filter = True

    search = forms.CharField(
        label=_("Name, Ort, Straße oder Schulnummer"), required=False, max_length=100, widget=SearchInput
    )
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("Alle")), *InstitutionKind.choices])
    show = forms.ChoiceField(
        label=_("Zeigen"),
        required=False,
        choices=[
            ("", _("Alle offenen")),
            ("waiting", _("Mit wartenden Personen")),
            ("alone", _("Ohne Koordination")),
            ("closed", _("Geschlossene")),
        ],
    )


@login_required
@require_safe
def browse(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "institutions.see", on=center)
    form = InstitutionFilter(request.GET)
    form.is_valid()
    found = _found(Institution.objects.visible_to(request.user).filter(center=center), form.cleaned_data)
    context = {
        "form": form,
        "shown": shown_page(request, _with_counts(found), size=30),
        "may_keep": may(request.user, "institutions.keep", on=center),
        "may_ask": may(request.user, "members.leave", on=center),
        "waiting_count": _waiting_count(request.user, center),
    }
    return page_or_fragment(
        request, "frontend/institutions/institutions.html", "frontend/institutions/_results.html", context
    )


def _waiting_count(user: User, center: Center) -> int:
    """How many people somebody may activate here."""
    if not may(user, "members.activate", on=center):
        return 0
    return Membership.objects.visible_to(user).waiting().filter(center=center).count()


def _found(institutions: InstitutionQuerySet, wanted: dict[str, Any]) -> InstitutionQuerySet:
    found = institutions.matching(wanted.get("search", ""))
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    show = wanted.get("show")
    if show == "closed":
        return found.filter(closed_on__isnull=False)
    found = found.open()
    if show == "alone":
        return found.without_coordination()
    if show == "waiting":
        waits = Q(memberships__activated_at__isnull=True, memberships__ended_at__isnull=True)
        return found.filter(waits, memberships__isnull=False).distinct()
    return found


def _with_counts(institutions: InstitutionQuerySet) -> Any:
    """Open and overdue loans of each, in the same query."""
    loans = Loan.objects.open().filter(institution=OuterRef("pk")).order_by().values("institution")
    late = loans.filter(due_at__lt=timezone.now())
    return institutions.annotate(
        open_loans=Coalesce(Subquery(loans.annotate(n=Count("pk")).values("n")), 0),
        overdue_loans=Coalesce(Subquery(late.annotate(n=Count("pk")).values("n")), 0),
    )
