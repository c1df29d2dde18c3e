"""Describing a thing anew."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import ItemForm
from inventory import items
from inventory.models import Item
from leihwerk.errors import DomainError
from people import once
from people.permissions import require

PAGE = "frontend/inventory/item_edit.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: MemberRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).select_related("product"), pk=pk)
    require(request.user, "items.keep", on=item)
    name = str(item)  # the form writes into its instance while it checks
    form = ItemForm(sent(request), instance=item, center=item.center_id)
    context = {"item": item, "name": name, "form": form}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    changed = {fact: form.cleaned_data[fact] for fact in form.changed_data}
    try:
        once.run(lambda: items.edit(item, by=request.user, **changed))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert."))
    return see_other("item", pk=item.pk)
