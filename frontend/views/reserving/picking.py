"""Reading what the product page sends, and the form in which every line can be changed."""

from dataclasses import replace
from datetime import date, time

from django.http import QueryDict

from frontend.selection import Choice, Hours, Selection, as_day

MOST = 999


def picked(said: QueryDict) -> Selection:
    """What was picked, each line as its fields say (``quantity-7``, ``on-7`` …), without the one to drop (``without``),
    and with one product more (``product``, ``quantity``, ``opens``, ``closes``)."""
    selection = Selection.of(said)
    changed = (_changed(choice, said) for choice in selection.choices if str(choice.product) != said.get("without"))
    selection = replace(selection, choices=tuple(choice for choice in changed if choice.quantity))
    product, quantity = _number(said.get("product")), _number(said.get("quantity")) or 1
    if product is None:
        return selection
    hours = _hours(as_day(said.get("on") or said.get("starts_on")), said.get("opens"), said.get("closes"))
    selection = selection.with_choice(Choice(product, min(quantity, MOST), hours))
    if hours and selection.ends_on is None and len(selection.choices) == 1:
        return replace(selection, ends_on=hours.on)
    return selection


def _changed(choice: Choice, said: QueryDict) -> Choice:
    """As it was where nothing, or nonsense, is said of it. None of it drops the line."""
    quantity = _number(said.get(f"quantity-{choice.product}"))
    on, opens, closes = (said.get(f"{name}-{choice.product}") for name in ("on", "opens", "closes"))
    return replace(
        choice,
        quantity=choice.quantity if quantity is None else min(quantity, MOST),
        hours=choice.hours if opens is None else _hours(as_day(on), opens, closes),
    )


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 19 else None


def _hours(on: date | None, opens: str | None, closes: str | None) -> Hours | None:
    try:
        return Hours(on, time.fromisoformat(opens or ""), time.fromisoformat(closes or "")) if on else None
    except ValueError:
        return None
