"""What lies in a kit and has a number of its own: put in by its code, taken out again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.requests import MemberRequest
from inventory.labels import item_for
from inventory.models import Item
from lending import stock
from people import once
from people.permissions import require


@login_required
@require_POST
def kit_fill(request: MemberRequest, pk: int) -> HttpResponse:
    """The code, scanned or typed, says what goes in."""
    kit = get_object_or_404(Item.objects.visible_to(request.user).select_related("center"), pk=pk)
    require(request.user, "items.keep", on=kit)
    item = item_for(request.POST.get("code", ""), kit.center)
    once.run(lambda: stock.put_into_kit(item, kit=kit, by=request.user))
    messages.success(request, _("{item} liegt jetzt in diesem Koffer.").format(item=item))
    return see_other("item", pk=kit.pk)


@login_required
@require_POST
def kit_empty(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one thing out, so that it can be lent on its own."""
    item = get_object_or_404(Item.objects.visible_to(request.user).filter(kit__isnull=False), pk=pk)
    require(request.user, "items.keep", on=item)
    kit = item.kit_id
    once.run(lambda: stock.take_out_of_kit(item, by=request.user))
    messages.success(request, _("{item} kann wieder einzeln verliehen werden.").format(item=item))
    return see_other("item", pk=kit)
