"""Bundles as the catalogue offers them."""

from dataclasses import dataclass

from frontend.requests import MemberRequest
from frontend.selection import Choice, Selection
from frontend.views.catalogue.offers import chosen_period
from inventory.search import understand
from lending import bundles
from lending.models import Bundle
from people.models import Center


@dataclass(frozen=True)
class BundleOffer:
    """``free`` is None as long as no days are chosen. One click puts all of it into the selection."""

    bundle: Bundle
    free: int | None
    selection: Selection

    @property
    def reserve_address(self) -> str:
        return self.added_to(self.selection).address("reserve")

    def added_to(self, selection: Selection) -> Selection:
        return selection.with_choices(
            Choice(line.product_id, line.quantity, bundle=line.bundle_id if line.medium_id else None)
            for line in self.bundle.lines.all()
        )


def bundle_offers(request: MemberRequest, typed: str, selection: Selection, center: Center) -> list[BundleOffer]:
    """All of them, or those that match what was typed."""
    visible = (
        Bundle.objects.visible_to(request.user)
        .filter(center=center)
        .prefetch_related("lines__product", "lines__medium")
    )
    found = list(visible.matching(understand(typed).words))
    period = chosen_period(selection, center)
    free = bundles.offered(found, *period) if period and found else {}
    return [BundleOffer(bundle, free.get(bundle.pk), selection) for bundle in found]
