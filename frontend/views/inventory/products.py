"""Products for those who keep them: facts, pictures, packing lists."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.answers import see_other
from frontend.context import center_of
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import ProductForm, SearchForm
from frontend.views.inventory.packing import packing_forms, packing_lines
from inventory import pictures
from inventory import products as verbs
from inventory.models import Product
from inventory.models.item import Life
from inventory.search import search
from leihwerk.errors import DomainError
from people import once
from people.models import Center
from people.permissions import may, require

EDIT = "frontend/inventory/product_edit.html"
FOR_AN_HOUR = {"Cache-Control": "private, max-age=3600"}
PICTURES = ("picture", "packed_picture")
ROWS = 50


@login_required
@require_safe
def products(request: MemberRequest) -> HttpResponse:
    center = center_of(request)
    require(request.user, "items.see", on=center)
    rows = Product.objects.visible_to(request.user).filter(center=center).select_related("category")
    words = SearchForm(request.GET)
    rows = search(rows, words.cleaned_data["search"]) if words.is_valid() else rows
    counted = rows.annotate(units=Count("items", Q(items__life=Life.ACTIVE))).order_by("sort_name", "pk")
    context = {
        "form": words,
        "shown": shown_page(request, counted, ROWS),
        "may_keep": may(request.user, "items.keep", on=center),
    }
    return render(request, "frontend/inventory/products.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_create(request: MemberRequest) -> HttpResponse:
    center = center_of(request)
    require(request.user, "items.keep", on=center)
    if center is None:
        raise Http404
    return _kept(request, center, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: MemberRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("center"), pk=pk)
    require(request.user, "items.keep", on=product)
    return _kept(request, product.center, product)


@login_required
@require_safe
def product_picture(request: MemberRequest, pk: int) -> HttpResponse | FileResponse:
    """The catalogue's picture; with ``?packed`` the one of the packed case, with ``?small`` for a list."""
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    picture = product.packed_picture if "packed" in request.GET else product.shown_picture
    if not picture:
        raise Http404
    if "small" in request.GET:
        return HttpResponse(pictures.small(picture), content_type="image/webp", headers=FOR_AN_HOUR)
    return FileResponse(picture.open(), headers=FOR_AN_HOUR)


def _kept(request: MemberRequest, center: Center, product: Product | None) -> HttpResponse:
    name = product.name if product else ""
    instance = Product(center=center) if product is None else product
    form = ProductForm(sent(request), request.FILES or None, instance=instance, center=center)
    rows = packing_forms(request.POST, product)
    context = {"product": product, "name": name, "form": form, "rows": rows}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not (form.is_valid() and rows.is_valid()):
        return render(request, EDIT, context, status=422)
    try:
        kept = once.run(lambda: _keep(request, center, product, form, packing_lines(rows)))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Gespeichert."))
    return see_other("products") if product else see_other("items_create", pk=kept.pk)


def _keep(
    request: MemberRequest, center: Center, product: Product | None, form: ProductForm, lines: list[verbs.PackingLine]
) -> Product:
    """One save of everything the page holds: a category, if it is new, the facts, the pictures, the list."""
    said = form.cleaned_data
    facts: dict[str, Any] = {name: said[name] for name in form.fields if name in verbs.DESCRIBED}
    if said["new_category"]:
        facts["category"] = verbs.add_category(center, name=said["new_category"], by=request.user)
    for name in PICTURES:
        if said[f"new_{name}"]:
            facts[name] = pictures.tidy(said[f"new_{name}"])
    if product is None:
        return verbs.add(center, by=request.user, packing_list=lines, **facts)
    return verbs.edit(product, by=request.user, packing_list=lines, **facts)
