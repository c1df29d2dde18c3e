"""The list of things, which a scanner can search."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.answers import page_or_fragment, see_other
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.inventory.choosing import found_items, items_of_center
from inventory.labels import items_meant
from inventory.models import Item
from lending.custody import Custody, custody_of
from people.permissions import may

ROWS = 50


@dataclass(frozen=True)
class Row:
    item: Item
    custody: Custody


@login_required
@require_safe
def items(request: MemberRequest) -> HttpResponse:
    """A scanned or typed code leads straight to the thing; words narrow the list."""
    typed = request.GET.get("search", "")
    if typed and not request.htmx and len(meant := items_meant(typed, among=items_of_center(request))) == 1:
        return see_other("item", pk=meant[0].pk)
    form, found = found_items(request)
    shown = shown_page(request, found.select_related("product", "location"), ROWS)
    custody = custody_of(shown.object_list, timezone.now())
    context = {
        "form": form,
        "shown": shown,
        "rows": [Row(item, custody[item.pk]) for item in shown.object_list],
        "may_keep": may(request.user, "items.keep"),
        "may_label": may(request.user, "items.label"),
    }
    return page_or_fragment(request, "frontend/inventory/items.html", "frontend/inventory/_found.html", context)
