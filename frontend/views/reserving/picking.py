"""Reading what the product page sends, and the form in which every line can be changed."""

from dataclasses import replace
from datetime import date, datetime, time

from django.http import QueryDict

from frontend.selection import MOST, Choice, Hours, Selection, as_day


def picked(said: QueryDict) -> Selection:
    """What was picked, each line as its fields say (``quantity-7``, ``on-7`` …), without the one to drop (``without``),
    and with one product more (``product``, ``quantity``, ``opens``, ``closes``)."""
    selection, new = _lines(said), _new(said)
    if new is None:
        return selection
    if new.hours and selection.ends_on is None and not selection.choices:
        selection = selection.on_days(new.hours.on, new.hours.on)
    there = [it for it in selection.choices if not new.hours or it.hours or it.product != new.product]
    return replace(selection, choices=tuple(there)).with_choice(new)  # a room that waited for its hours has them now


def grown(said: QueryDict) -> Choice | None:
    """The line, as it was, to which the one product more was added: it was picked before."""
    new = _new(said)
    return next((it for it in _lines(said).choices if new and it.and_also(new)), None)


def picked_hours(said: QueryDict) -> tuple[datetime, datetime] | None:
    """When a room is wanted, as far as it is said and can be."""
    hours = _hours(as_day(said.get("on")), said.get("opens"), said.get("closes"))
    return hours.period if hours else None


def _lines(said: QueryDict) -> Selection:
    selection = Selection.of(said)
    changed = [_changed(key, it, said) for key, it in selection.keyed.items() if key != said.get("without")]
    return replace(selection, choices=tuple(choice for choice in changed if choice.quantity))


def _new(said: QueryDict) -> Choice | None:
    product, quantity = _number(said.get("product")), _number(said.get("quantity")) or 1
    if product is None:
        return None
    hours = _hours(as_day(said.get("on") or said.get("starts_on")), said.get("opens"), said.get("closes"))
    return Choice(product, min(quantity, MOST), hours)


def _changed(key: str, choice: Choice, said: QueryDict) -> Choice:
    """As it was where nothing, or nonsense, is said of it. None of it drops the line."""
    quantity = _number(said.get(f"quantity-{key}"))
    on, opens, closes = (said.get(f"{name}-{key}") for name in ("on", "opens", "closes"))
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
