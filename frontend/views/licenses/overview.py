"""All contracts: what has to be decided, what runs, and what is over."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.inventory.forms import SearchForm
from licenses.coverage import under_covered
from licenses.deadlines import standings
from licenses.models import Contract
from licenses.search import contracts_found
from people.permissions import may, require

SHORT: Final = 5
LONG: Final = 24
"""So many contracts nobody wants to look through."""


@login_required
@require_safe
def licenses(request: MemberRequest) -> HttpResponse:
    """Those first about which somebody has to decide."""
    require(request.user, "licenses.see")
    center = own_center(request)
    words = SearchForm(request.GET)
    wanted = words.cleaned_data["search"].strip() if words.is_valid() else ""
    rows = Contract.objects.visible_to(request.user).filter(center=center)
    found = standings(contracts_found(rows, wanted), timezone.localdate())
    deciding = [it for it in found if it.needs_decision]
    running = [it for it in found if not it.needs_decision and it.next != "over"]
    over = [it for it in found if it.next == "over"]
    context = {
        "words": words,
        "wanted": wanted,
        "is_long": len(found) > LONG,
        "deciding": shown_page(request, deciding, name="deciding"),
        "running": shown_page(request, running, name="running"),
        "over": shown_page(request, over, name="over"),
        "is_over_open": "over" in request.GET or (bool(wanted) and not deciding and not running),
        "short": shown_page(request, [] if wanted else under_covered(center), SHORT, name="short"),
        "may_keep": may(request.user, "licenses.keep", on=center),
    }
    return render(request, "frontend/licenses/licenses.html", context)
