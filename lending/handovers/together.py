from collections.abc import Sequence
from typing import Any

from django.db import transaction

from inventory.models import Item
from leihwerk.errors import DomainError
from lending.gate import gate
from lending.handovers.closing import add_extra, finish
from lending.handovers.opening import open_handover
from lending.handovers.scanned import hand_over
from lending.models import Handover
from lending.refusals import HandoverRefused, NothingHandedOver
from people.models import Institution, User


@transaction.atomic
def hand_over_together(
    institution: Institution,
    *,
    items: Sequence[Item],
    by: User,
    extras: Sequence[tuple[str, int]] = (),
    add: bool = False,
    override: bool = False,
    **opening: Any,
) -> Handover:
    """A whole slip at once: all items, or none with a reason for each. ``opening`` as for ``open_handover``.

    Raises NothingHandedOver and HandoverRefused, and what ``open_handover`` raises.
    """
    if not items and not extras:
        raise NothingHandedOver
    gate(item.product_id for item in items)
    handover = open_handover(institution, by=by, **opening)
    reasons: dict[int, DomainError] = {}
    for item in items:
        try:
            hand_over(handover, item, by=by, add=add, override=override, now=opening.get("now"))
        except DomainError as refusal:
            reasons[item.pk] = refusal
    if reasons:
        raise HandoverRefused(reasons=reasons)
    for name, quantity in extras:
        add_extra(handover, name=name, quantity=quantity, by=by)
    return finish(handover, by=by, now=opening.get("now"))
