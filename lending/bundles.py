"""Bundles (Pakete): products that are booked together. A manager keeps them, and booking one books its lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from leihwerk.constraints import refusing
from leihwerk.errors import DomainError
from lending import availability
from lending.models import Bundle, BundleLine
from lending.refusals import ForeignThing, NothingWanted
from licenses.models import Medium
from people import journal
from people.models import Center, User


class BundleNameIsTaken(DomainError):
    code = "bundle_name_is_taken"
    sentence = _("Ein Paket „{name}“ gibt es schon.")


@dataclass(frozen=True)
class Licensed:
    """What each unit comes with: so many slots of the licence of a medium, where they are counted."""

    medium: Medium
    slots: int = 1


@transaction.atomic
def compose(
    center: Center, *, name: str, lines: Mapping[Product, int], by: User, description: str = "",
    licensed: Mapping[Product, Licensed] | None = None, bundle: Bundle | None = None,
) -> Bundle:  # fmt: skip
    """A new bundle, or ``bundle`` with other contents; units of the products in ``licensed`` come with a licence.

    Raises NothingWanted, ForeignThing and BundleNameIsTaken.
    """
    comes = licensed or {}
    if not lines or any(quantity < 1 for quantity in lines.values()):
        raise NothingWanted
    centers = {it.center_id for it in lines} | {it.medium.center_id for it in comes.values()}
    if centers != {center.pk} or (bundle and bundle.center_id != center.pk):
        raise ForeignThing
    made = bundle or Bundle(center=center)
    made.name, made.description = name, description
    with refusing("bundle_name_is_used_once", BundleNameIsTaken(name=name)):
        made.save()
    made.lines.all().delete()
    BundleLine.objects.bulk_create(
        BundleLine(center=center, bundle=made, product=product, quantity=quantity, **_of(comes.get(product)))
        for product, quantity in lines.items()
    )
    contents = [[product.pk, quantity] for product, quantity in lines.items()]
    licenses = [[product.pk, it.medium.pk, it.slots] for product, it in comes.items()]
    journal.record("bundle.composed", made, by=by, contents=contents, licenses=licenses)
    return made


def _of(licensed: Licensed | None) -> dict[str, Any]:
    return {"medium": licensed.medium, "slots": licensed.slots} if licensed else {}


@transaction.atomic
def dissolve(bundle: Bundle, *, by: User) -> None:
    """The bundle is offered no more; what was booked by it stays as it is."""
    journal.record("bundle.dissolved", bundle, by=by)
    bundle.delete()


def offered(bundles: Iterable[Bundle], start: datetime, end: datetime) -> dict[int, int]:
    """How many of each bundle are free throughout, by id: the least of what its products give. Two queries."""
    lines = list(BundleLine.objects.filter(bundle__in=list(bundles)).values_list("bundle", "product", "quantity"))
    free = availability.free({product for _, product, _ in lines}, start, end)
    found: dict[int, int] = {}
    for bundle, product, quantity in lines:
        there = free[product].available // quantity
        found[bundle] = min(found.get(bundle, there), there)
    return found
