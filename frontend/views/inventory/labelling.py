"""Labels: on paper, anew, taken over from another system, and out of use."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.context import center_of
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.choosing import chosen_items, never_printed
from frontend.views.inventory.forms import AdoptForm, SheetForm
from frontend.views.inventory.item import facts_of
from inventory import label_sheets, labels
from inventory.models import Item, Label
from leihwerk.errors import DomainError
from people import once
from people.permissions import require

MOST_AT_ONCE = 1200  # fifty sheets
PAGE = "frontend/inventory/label_sheet.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def label_sheet(request: MemberRequest) -> HttpResponse:
    """Choose the first free place of the sheet, then the PDF; what has no label yet gets one."""
    require(request.user, "items.label", on=center_of(request))
    chosen = list(chosen_items(request).select_related("product", "center")[:MOST_AT_ONCE])
    form = SheetForm(sent(request))
    if request.method == "POST" and chosen and form.is_valid():
        printed: list[Label] = once.run(lambda: labels.print_out(chosen, by=request.user))
        sheets = label_sheets.pdf(printed, start=form.cleaned_data["start"])
        name = cast("str", _("etiketten"))
        headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
        return HttpResponse(sheets, content_type="application/pdf", headers=headers)
    context = {"chosen": chosen, "form": form, "never_printed": 0 if chosen else never_printed(request).count()}
    return render(request, PAGE, context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def reprint(request: MemberRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    once.run(lambda: labels.reprint(item, by=request.user))
    messages.success(request, _("Neues Etikett angelegt. Das alte gilt weiter, bis Sie es entwerten."))
    return see_other("item", pk=item.pk)


@login_required
@require_POST
def adopt(request: MemberRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = AdoptForm(request.POST)
    page = "frontend/inventory/item.html"
    if not form.is_valid():
        return render(request, page, {**facts_of(request, item), "adopt_form": form}, status=422)
    try:
        once.run(lambda: labels.adopt(item, form.cleaned_data["code"], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, page, {**facts_of(request, item), "adopt_form": form})
    messages.success(request, _("Der Code gilt jetzt für dieses Exemplar."))
    return see_other("item", pk=item.pk)


@login_required
@require_POST
def retire(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Item.objects.visible_to(request.user)
    label = get_object_or_404(Label.objects.filter(item__in=visible).select_related("item"), pk=pk)
    require(request.user, "items.label", on=label.item)
    once.run(lambda: labels.retire(label, by=request.user))
    messages.success(request, _("Dieser Code gilt nicht mehr."))
    return see_other("item", pk=label.item_id)


def _item(request: MemberRequest, pk: int) -> Item:
    rows = Item.objects.visible_to(request.user).select_related("product__category", "location", "center", "kit")
    item = get_object_or_404(rows, pk=pk)
    require(request.user, "items.label", on=item)
    return item
