"""What has to be decided about contracts in the next months, with cost and use beside it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from licenses.deciding import WITHIN, cases
from licenses.models import Contract
from people.permissions import may, require

CASES = 12


@login_required
@require_safe
def deciding(request: MemberRequest) -> HttpResponse:
    """Use is shown to those who may see it."""
    require(request.user, "licenses.see")
    center = own_center(request)
    rows = Contract.objects.visible_to(request.user).filter(center=center)
    sees_use = may(request.user, "licenses.see_usage", on=center)
    found = cases(rows, timezone.localdate(), with_use=sees_use)
    context = {
        "open": shown_page(request, [case for case in found if not case.is_decided], CASES, name="open"),
        "decided": shown_page(request, [case for case in found if case.is_decided], CASES, name="decided"),
        "sees_use": sees_use,
        "days": WITHIN.days,
        "may_keep": may(request.user, "licenses.keep", on=center),
    }
    return render(request, "frontend/licenses/deciding.html", context)
