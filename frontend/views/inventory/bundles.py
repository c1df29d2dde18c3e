"""Bundles (Pakete): a manager says what is booked together."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from inventory.models import Product
from leihwerk.errors import DomainError
from lending import bundles
from lending.bundles import Licensed
from lending.models import Bundle, BundleLine
from licenses.models import Medium
from licenses.search import search
from people import once
from people.permissions import may, require

ROWS = 8
"""Rows of the form; two more than there are lines, if that is more."""


class BundleForm(forms.Form):
    """Name and description, and rows for what is in it: as many as are needed, so none is called optional."""

    name = forms.CharField(label=_("Bezeichnung"), max_length=120)
    description = forms.CharField(label=_("Beschreibung"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, products: Any, media: Any, lines: list[BundleLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among, self.found = media, dict[str, Medium]()
        self.depending: list[str] = []
        choices = [("", "–"), *((product.pk, str(product)) for product in products)]  # asked for once, not in each row
        for number in range(max(ROWS, len(lines) + 2)):
            line = lines[number] if number < len(lines) else None
            self.depending += [f"{name}-{number}" for name in ("product", "quantity", "medium", "slots")]
            product = forms.ModelChoiceField(
                label=_("Artikel"), queryset=products, required=False, initial=line and line.product_id
            )
            cast("forms.Select", product.widget).choices = choices
            self.fields[f"product-{number}"] = product
            self.fields[f"quantity-{number}"] = forms.IntegerField(
                label=_("Anzahl"), min_value=1, max_value=999, required=False, initial=line.quantity if line else 1
            )
            self.fields[f"medium-{number}"] = forms.CharField(
                label=_("Medium (Nummer oder Titel)"), max_length=240, required=False,
                initial=line.medium.number or line.medium.title if line and line.medium else "",
            )  # fmt: skip
            self.fields[f"slots-{number}"] = forms.IntegerField(
                label=_("Lizenzplätze je Stück"), min_value=1, max_value=999, required=False,
                initial=line.slots if line else 1,
            )  # fmt: skip

    @property
    def rows(self) -> list[dict[str, Any]]:
        numbers = [name.removeprefix("product-") for name in self.fields if name.startswith("product-")]
        rows = [{name: self[f"{name}-{it}"] for name in ("product", "quantity", "medium", "slots")} for it in numbers]
        return [row | {"is_licensed": bool(row["medium"].value() or row["slots"].errors)} for row in rows]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, words in list(said.items()):
            if name.startswith("medium-") and words:
                self._find(name, words)
        return said

    def _find(self, name: str, words: str) -> None:
        """By its number or title, or by words that only one medium has in it; without an article it comes with none."""
        if not self.cleaned_data.get(name.replace("medium", "product")):
            self.add_error(name, _("Bitte wählen Sie auch den Artikel, zu dem die Lizenz gehört."))
            return
        named = self.among.filter(Q(number__iexact=words) | Q(title__iexact=words))
        found = list(named[:2]) or list(search(self.among, words)[:2])
        if len(found) == 1:
            self.found[name] = found[0]
        elif found:
            self.add_error(name, _("Das passt auf mehrere Medien. Bitte nehmen Sie die Mediennummer."))
        else:
            self.add_error(name, _("Ein solches Medium gibt es nicht."))

    def contents(self) -> dict[Product, int]:
        """A product that is named twice counts twice."""
        found: dict[Product, int] = {}
        for name, product in self.cleaned_data.items():
            if name.startswith("product-") and product is not None:
                quantity = self.cleaned_data.get(name.replace("product", "quantity")) or 1
                found[product] = found.get(product, 0) + quantity
        return found

    def licensed(self) -> dict[Product, Licensed]:
        """The products that come with a licence; to be asked when the form is valid."""
        slots = {name: self.cleaned_data.get(name.replace("medium", "slots")) or 1 for name in self.found}
        return {
            self.cleaned_data[name.replace("medium", "product")]: Licensed(medium, slots[name])
            for name, medium in self.found.items()
        }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """All bundles with a form for one: a new one, or the one that is named."""
    seen = Bundle.objects.visible_to(request.user).prefetch_related("lines__product", "lines__medium")
    bundle = get_object_or_404(seen, pk=pk) if pk else None
    center = bundle.center if bundle else own_center(request)
    require(request.user, "items.keep" if pk or request.method == "POST" else "items.see", on=center)
    products = Product.objects.visible_to(request.user).listed().filter(center=center)
    media = Medium.objects.visible_to(request.user).filter(center=center)
    lines = list(bundle.lines.all()) if bundle else []
    initial = {"name": bundle.name, "description": bundle.description} if bundle else {}
    form = BundleForm(products, media, lines, sent(request), initial=initial)
    may_keep = may(request.user, "items.keep", on=center)
    context = {"form": form, "bundle": bundle, "bundles": seen.filter(center=center), "may_keep": may_keep}
    page = "frontend/inventory/bundles.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=422)
    said = form.cleaned_data
    told = {"name": said["name"], "description": said["description"], "lines": form.contents()}
    told["licensed"] = form.licensed()
    try:
        once.run(lambda: bundles.compose(center, **told, bundle=bundle, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, page, context)
    messages.success(request, _("Gespeichert."))
    return see_other("bundles")


@login_required
@require_POST
def dissolve(request: MemberRequest, pk: int) -> HttpResponse:
    bundle = get_object_or_404(Bundle.objects.visible_to(request.user), pk=pk)
    require(request.user, "items.keep", on=bundle)
    once.run(lambda: bundles.dissolve(bundle, by=request.user))
    messages.success(request, _("Das Paket ist aufgelöst. Was damit reserviert wurde, bleibt."))
    return see_other("bundles")
