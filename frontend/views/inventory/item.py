"""One thing: where it is, what it is, its label, and what happened to it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from frontend.views.inventory.forms import AdoptForm
from inventory.fitness import working_parts
from inventory.labels import address
from inventory.models import Item
from leihwerk import qr
from lending.custody import custody_of
from lending.histories import history_of
from lending.models import Finding, Outage
from people.permissions import may


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Item.objects.visible_to(request.user).select_related("product__category", "location", "center", "kit")
    item = get_object_or_404(rows, pk=pk)
    return render(request, "frontend/inventory/item.html", facts_of(request, item))


def facts_of(request: MemberRequest, item: Item) -> dict[str, Any]:
    """What the page shows; also for a form on it that was filled in wrongly."""
    labels = list(item.labels.in_use())
    own = next((label for label in labels if label.number), None)
    return {
        "item": item,
        "custody": custody_of([item], timezone.now())[item.pk],
        "parts": working_parts(item).items(),
        "contents": list(item.contents.select_related("product")),
        "label": own,
        "qr": mark_safe(qr.svg(address(own))) if own else "",  # noqa: S308 - our own rectangles
        "other_labels": [label for label in labels if label != own],
        "findings": Finding.objects.open().filter(item=item).select_related("part"),
        "outages": Outage.objects.open().filter(item=item),
        "history": history_of(item),
        "adopt_form": AdoptForm(),
        "may_keep": may(request.user, "items.keep", on=item),
        "may_label": may(request.user, "items.label", on=item),
        "may_take_out": may(request.user, "lending.take_out_of_service", on=item),
        "may_retire": may(request.user, "lending.retire", on=item),
        "may_find": may(request.user, "lending.find", on=item),
    }
