"""Putting things somewhere else, several at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.context import center_of
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.choosing import chosen_items
from frontend.views.inventory.forms import MoveForm
from inventory import items
from inventory.models import Item
from people import once
from people.permissions import require

PAGE = "frontend/inventory/items_move.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: MemberRequest) -> HttpResponse:
    require(request.user, "items.keep", on=center_of(request))
    chosen = list(chosen_items(request).select_related("product", "location"))
    if not chosen:
        messages.info(request, _("Bitte wählen Sie in der Liste aus, was umziehen soll."))
        return see_other("items")
    form = MoveForm(sent(request), center=center_of(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, PAGE, {"chosen": chosen, "form": form}, status=status)
    to = form.cleaned_data["location"]
    moved: list[Item] = once.run(lambda: items.move(chosen, to=to, by=request.user))
    said = ngettext(
        "{count} Exemplar steht jetzt in: {place}.", "{count} Exemplare stehen jetzt in: {place}.", len(moved)
    )
    messages.success(request, said.format(count=len(moved), place=to))
    return see_other("items")
