"""Finding one of 2,000 things: by any of its codes, or by words that describe it."""

from django.db.models import Exists, OuterRef, Q

from inventory.labels import items_meant
from inventory.models import Label
from inventory.models.item import ItemQuerySet
from people.models.fields import folded


def search(items: ItemQuerySet, typed: str) -> ItemQuerySet:
    """Those of ``items`` that a code means; if it is none, those that every word occurs in.

    Case and accents are forgiven in names of products, categories and locations, case alone elsewhere.
    """
    typed = typed.replace("\x00", "").strip()
    if not typed:
        return items
    meant = items_meant(typed, among=items)
    if meant:
        return items.filter(pk__in=[item.pk for item in meant])
    for word in typed.split():
        items = items.filter(_anywhere(word))
    return items


def _anywhere(word: str) -> Q:
    key = folded(word)
    return (
        Q(product__sort_name__contains=key)
        | Q(product__category__sort_name__contains=key)
        | Q(location__sort_name__contains=key)
        | Q(product__maker__icontains=word)
        | Q(asset_number__icontains=word)
        | Q(serial_number__icontains=word)
        | Q(owner__icontains=word)
        | Q(funding__icontains=word)
        | Q(Exists(Label.objects.in_use().filter(item=OuterRef("pk"), number__contains=word)))
    )
