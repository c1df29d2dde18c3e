"""An article by its name: typed, not picked from a list of five hundred, and without JavaScript, too."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from frontend.reading import row_id
from inventory.models import Product
from inventory.models.product import ProductQuerySet
from inventory.search import search

MOST: Final = 5
"""Names that are told when several fit."""


class NamedProductField(forms.CharField):
    """The one of ``products`` that is called so, or the only one that the catalogue finds by these words.

    The names stand beside the field (``names``), for the browser to propose while one types. An id is understood, too.
    """

    products: ProductQuerySet = Product.objects.none()

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": "product-names", "autocomplete": "off"})
        super().__init__(max_length=200, widget=widget, **more)

    @property
    def names(self) -> list[str]:
        return list(self.products.order_by("name").values_list("name", flat=True).distinct())

    def clean(self, value: Any) -> Product | None:
        typed = super().clean(value)
        if not typed:
            return None
        called_so = self.products.filter(name__iexact=typed).first()
        if called_so is None and (pk := row_id(typed)):
            called_so = self.products.filter(pk=pk).first()
        return called_so or self._only_one(typed)

    def _only_one(self, typed: str) -> Product:
        """Raises ValidationError."""
        found = list(search(self.products, typed)[: MOST + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("So heißt kein Artikel. Versuchen Sie es mit einem anderen Wort."))
        names = ", ".join(product.name for product in found[:MOST]) + (" …" if len(found) > MOST else "")
        raise forms.ValidationError(
            _now("Darauf passt mehr als ein Artikel: {names}. Bitte schreiben Sie den Namen aus.").format(names=names)
        )
