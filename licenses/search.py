"""Finding media as people ask for them: "wasser grundschule", "5500001", "Wolfe"."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from django.db.models import Func, Q, TextField

from inventory.search import named
from leihwerk.tables.folding import fold
from licenses.models import Provider
from licenses.models.medium import MediumQuerySet

ALL_LEVELS: Final = "alle"
Known = Mapping[str, list[str]]


class Unnest(Func):
    """Each word of a column of words, as a row of its own."""

    function = "unnest"
    set_returning = True
    output_field = TextField()


def search(media: MediumQuerySet, words: str, *, known: Known | None = None) -> MediumQuerySet:
    """Media in which every word occurs: in title, provider, subjects or levels; or begins the number.

    ``known``: the subjects and levels that there are, for whoever has asked already.
    """
    if not words:
        return media
    if known is None:
        known = {column: words_in(media, column) for column in ("subjects", "levels")}
    return named(media, words, has=partial(_has, known), name="sort_title")


def words_in(media: MediumQuerySet, column: str) -> list[str]:
    """Which subjects or levels there are, in the order in which a reader looks for them."""
    found = media.order_by().annotate(word=Unnest(column)).values_list("word", flat=True).distinct()
    return sorted(found, key=fold)


def _has(known: Known, word: str, folded: Func) -> Q:
    found = (
        Q(sort_title__contains=folded)
        | Q(number__istartswith=word)
        | Q(provider__in=Provider.objects.filter(sort_name__contains=folded).values("pk"))
    )
    for column, words in known.items():
        meant = [it for it in words if fold(word) and fold(word) in fold(it)]
        if meant:
            found |= Q(**{f"{column}__overlap": meant})
    return found


def of_word(media: MediumQuerySet, column: str, word: str) -> MediumQuerySet:
    """Media of one subject or level. What is for all levels is for each."""
    if column == "levels":
        return media.filter(levels__overlap=[word, ALL_LEVELS])
    return media.filter(**{f"{column}__contains": [word]})
