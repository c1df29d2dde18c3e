from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inventory.models import Item
from lending.gate import gate
from lending.handovers.closing import close, everything_on, give_along
from lending.handovers.giving import give
from lending.handovers.opening import opened
from lending.models import Handover
from lending.refusals import NothingHandedOver
from lending.rulebook import Rulebook
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
    now: datetime | None = None,
    **opening: Any,
) -> Handover:
    """A whole slip at once: all items, or none with a reason for each. ``opening`` as for ``open_handover``.

    Raises NothingHandedOver and HandoverRefused, and what ``open_handover`` raises.
    """
    if not items and not extras:
        raise NothingHandedOver
    now = now or timezone.now()
    products = gate(item.product_id for item in items)
    book = Rulebook.of(institution.center)
    handover, is_new = opened(institution, by=by, book=book, now=now, **opening)
    loans = give(handover, items, products, book=book, by=by, add=add, override=override, now=now)
    along = give_along(handover, extras, by=by)
    if not is_new:
        loans, along = everything_on(handover)
    return close(handover, loans, along, book=book, by=by, now=now)
