"""Finding products, and other things with a name, as people ask for them: "bee 25 kinder", "VR Brile", "calliope"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Func, Q, QuerySet, TextField, Value

from inventory.models import Part
from inventory.models.product import ProductQuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any]")
CHILDREN: Final = re.compile(r"\b(\d{1,3})\s*(?:kinder|schüler(?:innen)?|sus|personen|children|pupils)\b", re.I)
ALIKE: Final = 0.45
"""How alike a misspelt word must be to some word of a name; 1 is equal."""


@dataclass(frozen=True)
class Asked:
    """What was typed: words to find, and for how many children it should do."""

    words: str
    children: int | None


def understand(typed: str) -> Asked:
    children = CHILDREN.search(typed)
    return Asked(" ".join(CHILDREN.sub(" ", typed).split()), int(children[1]) if children else None)


def search(products: ProductQuerySet, words: str) -> ProductQuerySet:
    """Products in which every word occurs: in name, maker, description, category or packing list."""
    return named(products, words, has=_has)


def named(rows: Rows, words: str, *, has: Callable[[str, Func], Q], name: str = "sort_name") -> Rows:
    """Rows in which every word occurs, as ``has`` says of a word as it was typed and folded.

    Accents and case are forgiven. If none has them all, those with a ``name`` (a GermanSortKey) that is spelt alike.
    """
    found = rows
    for word in words.split():
        found = found.filter(has(word, sort_key_of(word)))
    if not words or found.exists():
        return found
    likeness = TrigramWordSimilarity(sort_key_of(words), name)  # type: ignore[arg-type]  # any expression will do
    return rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness", name, "pk")


def _has(word: str, folded: Func) -> Q:
    return (
        Q(sort_name__contains=folded)
        | Q(category__sort_name__contains=folded)
        | Q(maker__icontains=word)
        | Q(description__icontains=word)
        | Q(pk__in=Part.objects.filter(name__icontains=word).values("product_id"))
    )


def sort_key_of(word: str) -> Func:
    return Func(Value(word), function="german_sort_key", output_field=TextField())
