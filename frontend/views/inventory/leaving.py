"""Things that leave the inventory, and those that come back into it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from inventory.models import Item
from leihwerk.errors import DomainError
from lending import stock
from people import once
from people.permissions import require

PAGE = "frontend/inventory/item_leave.html"
RETIRE, LOSE = "retire", "lose"


class LeaveForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Was ist geschehen?"),
        choices=[(RETIRE, _("Es wird ausgesondert")), (LOSE, _("Es ist verloren"))],
        widget=forms.RadioSelect,
    )
    is_released = forms.BooleanField(label=_("Der Fördergeber hat der Aussonderung zugestimmt"), required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.bound_until is None or item.bound_until <= timezone.localdate():
            del self.fields["is_released"]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_leave(request: MemberRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).select_related("product"), pk=pk)
    require(request.user, "lending.retire", on=item)
    form = LeaveForm(sent(request), item=item)
    context = {"item": item, "form": form}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    is_released = form.cleaned_data.get("is_released", False)
    try:
        if form.cleaned_data["how"] == RETIRE:
            once.run(lambda: stock.retire(item, is_released=is_released, by=request.user))
        else:
            once.run(lambda: stock.lose(item, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert. Wem es zugesagt war, der bekommt, wenn möglich, ein anderes."))
    return see_other("item", pk=item.pk)


@login_required
@require_POST
def item_find(request: MemberRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.retire", on=item)
    once.run(lambda: stock.find_again(item, by=request.user))
    messages.success(request, _("Wieder im Bestand."))
    return see_other("item", pk=item.pk)
