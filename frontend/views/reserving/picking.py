"""Reading what the product page and the little forms of the reserve page send."""

from dataclasses import replace
from datetime import date, time

from django.http import QueryDict

from frontend.selection import Choice, Hours, Selection, as_day


def picked(query: QueryDict) -> Selection:
    """The selection in the address, with one product more (``product``, ``quantity``, ``opens``, ``closes``)."""
    selection = Selection.of(query)
    product, quantity = _number(query.get("product")), _number(query.get("quantity")) or 1
    if product is None:
        return selection
    hours = _hours(as_day(query.get("on") or query.get("starts_on")), query.get("opens"), query.get("closes"))
    selection = selection.with_choice(Choice(product, min(quantity, 999), hours))
    if hours and selection.ends_on is None and len(selection.choices) == 1:
        return replace(selection, ends_on=hours.on)
    return selection


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 19 else None


def _hours(on: date | None, opens: str | None, closes: str | None) -> Hours | None:
    try:
        return Hours(on, time.fromisoformat(opens or ""), time.fromisoformat(closes or "")) if on else None
    except ValueError:
        return None
