"""How letters name what they are about."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from people.letters.glossary import Facts, Placeholder


def counted(things: Iterable[Facts]) -> str:
    """2 × Bee-Bot Set, 1 × iPad-Koffer"""
    counts: Counter[str] = Counter()
    for thing in things:
        counts[thing.get("product", "")] += thing.get("quantity", 1)
    return ", ".join(f"{count} × {product}" for product, count in counts.items() if product)


def named(thing: Facts) -> str:
    """Bee-Bot Set MZ-0007"""
    return f"{thing.get('product') or ''} {thing.get('asset_number') or ''}".strip()


def parts(thing: Facts) -> str:
    """1 × Ladegerät, 2 × Schutzhülle"""
    return ", ".join(f"{part['quantity']} × {part['name']}" for part in thing.get("parts") or ())


def earliest(told: Sequence[Facts], name: str) -> Any:
    """The first of the days or moments of that name."""
    return min((facts[name] for facts in told if facts.get(name)), default=None)


def only(told: Sequence[Facts]) -> Facts:
    """The one thing that is told of; nothing when there are several."""
    return told[0] if len(told) == 1 else {}


PRODUCT: Final = Placeholder("Artikel", _("was es ist, ohne Nummer"), lambda thing: thing.get("product") or "")
ITEM: Final = Placeholder("Exemplar", _("was es ist, mit der Nummer auf dem Etikett"), named)
EXAMPLE: Final[Facts] = {"product": "Bee-Bot Set", "asset_number": "MZ-0007"}
