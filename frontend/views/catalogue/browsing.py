"""Browsing: dates first, then what is free."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.answers import page_or_fragment, see_other
from frontend.context import center_of
from frontend.forms import DateInput, SearchInput
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.views.catalogue.bundles import bundle_offers
from frontend.views.catalogue.offers import Offer, chosen_period, counts, soonest_periods
from frontend.views.media.browsing import found_alongside
from inventory.models import Category, Product
from inventory.models.product import ProductKind
from inventory.search import search, understand
from people.models import Center


class CatalogueForm(forms.Form):
    """What somebody is looking for, and when."""

    is_filter = True

    starts_on = forms.DateField(label=_("Von"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=_("Bis"), required=False, widget=DateInput)
    search = forms.CharField(label=_("Suche"), required=False, max_length=100, widget=SearchInput)
    category = forms.ModelChoiceField(
        label=_("Kategorie"), required=False, queryset=Category.objects.none(), empty_label=_("Alle")
    )
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("Alle")), *ProductKind.choices])
    only_free = forms.BooleanField(label=_("Nur was frei ist"), required=False)
    when_open = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Category]", self.fields["category"]).queryset = Category.objects.filter(
            center=center
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Das Ende muss nach dem Anfang liegen."))
        return found


@login_required
@require_safe
def browse(request: MemberRequest) -> HttpResponse:
    center = center_of(request)
    if center is None:
        return see_other("home")
    form = CatalogueForm(request.GET, center=center)
    form.is_valid()
    selection = Selection.of(request.GET)
    shown, offers = _offers(request, form.cleaned_data, selection, center)
    context = {
        "form": form,
        "selection": selection,
        "shown": shown,
        "offers": offers,
        "bundles": bundle_offers(request, form.cleaned_data.get("search", ""), selection, center),
        **found_alongside(request, center, form.cleaned_data.get("search", "")),
    }
    return page_or_fragment(request, "frontend/catalogue/catalogue.html", "frontend/catalogue/_results.html", context)


def _offers(
    request: MemberRequest, wanted: dict[str, Any], selection: Selection, center: Center
) -> tuple["Page[Any]", list[Offer]]:
    now = timezone.now()
    asked = understand(wanted.get("search", ""))
    products = Product.objects.visible_to(request.user).listed().filter(center=center)
    if wanted.get("category"):
        products = products.filter(category=wanted["category"])
    if wanted.get("kind"):
        products = products.filter(kind=wanted["kind"])
    products = search(products, asked.words)
    period = chosen_period(selection, center)
    found = counts(list(products.values_list("pk", flat=True)), period, now)
    if period and wanted.get("only_free"):
        products = products.filter(pk__in=[pk for pk, free in found.items() if free.available])
    shown = shown_page(request, products.select_related("category"))
    when_open = wanted.get("when_open") and not period
    soon = soonest_periods([product.pk for product in shown], center, now) if when_open else {}
    offers = [
        Offer(
            product=product,
            capacity=found[product.pk].capacity,
            free=found[product.pk].available if period else None,
            selection=selection,
            children=asked.children,
            soonest=soon.get(product.pk),
        )
        for product in shown
    ]
    return shown, offers
