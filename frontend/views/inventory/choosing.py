"""Which things are meant: those ticked in the list, or all that a filter finds."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend.context import center_of
from frontend.forms import SearchInput
from frontend.reading import row_id
from frontend.requests import MemberRequest
from inventory.item_search import search
from inventory.models import Category, Item, Location, Product
from inventory.models.item import ItemQuerySet, Life
from lending.custody import WORDS, Where, being
from people.models import Center
from people.permissions import require

ALL, NEW = "all", "new"


class ItemFilter(forms.Form):
    """What somebody is looking for among 2,000 things."""

    is_filter = True

    search = forms.CharField(label=_("Suche"), required=False, max_length=200, widget=SearchInput)
    category = forms.ModelChoiceField(
        label=_("Kategorie"), required=False, queryset=Category.objects.none(), empty_label=_("Alle")
    )
    location = forms.ModelChoiceField(
        label=_("Standort"), required=False, queryset=Location.objects.none(), empty_label=_("Alle")
    )
    where = forms.ChoiceField(
        label=_("Verbleib"),
        required=False,
        choices=[("", _("Alles im Bestand")), *((where.value, WORDS[where]) for where in Where)],
    )
    product = forms.ModelChoiceField(required=False, queryset=Product.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, center: Center | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("category", Category), ("location", Location), ("product", Product)):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = model.objects.filter(center=center)

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.values())


def items_of_center(request: MemberRequest) -> ItemQuerySet:
    """All that the person sees in the centre they act in now. Raises NotPermitted."""
    require(request.user, "items.see")
    return Item.objects.visible_to(request.user).filter(center=center_of(request))


def found_items(request: MemberRequest) -> tuple[ItemFilter, ItemQuerySet]:
    form = ItemFilter(request.GET, center=center_of(request))
    form.is_valid()  # what makes no sense narrows nothing
    wanted = form.cleaned_data
    rows = items_of_center(request)
    for name, column in (("category", "product__category"), ("location", "location"), ("product", "product")):
        if wanted.get(name):
            rows = rows.filter(**{column: wanted[name]})
    if wanted.get("where"):
        rows = being(rows, Where(wanted["where"]), timezone.now())
    elif not wanted.get("search"):
        rows = rows.exclude(life__in=(Life.RETIRED, Life.LOST))
    return form, search(rows, wanted.get("search", ""))


def chosen_items(request: MemberRequest) -> ItemQuerySet:
    """The ticked ones; with ``?all=1`` all that the filter finds, with ``?new=1`` all never printed."""
    if request.GET.get(ALL):
        return found_items(request)[1]
    if request.GET.get(NEW):
        return never_printed(request)
    ticked = [pk for typed in request.GET.getlist("item") if (pk := row_id(typed))]
    return items_of_center(request).filter(pk__in=ticked)


def never_printed(request: MemberRequest) -> ItemQuerySet:
    return items_of_center(request).filter(life=Life.ACTIVE).exclude(labels__printed_at__isnull=False)
