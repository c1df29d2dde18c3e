"""Finding media as people ask for them ("wasser grundschule", "5500001", "Wolfe"), and contracts by what names them."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from django.db.models import Func, Q, TextField

from inventory.search import named, sort_key_of
from leihwerk.tables.folding import fold
from licenses.models import Provider, ScopeInstitution
from licenses.models.contract import ContractQuerySet
from licenses.models.medium import MediumQuerySet
from licenses.models.package import PackageQuerySet
from licenses.models.scope import ScopeQuerySet

ALL_LEVELS: Final = "alle"
Known = Mapping[str, list[str]]


def contracts_found(contracts: ContractQuerySet, words: str) -> ContractQuerySet:
    """Contracts in which every word occurs: in number, name or provider."""
    for word in words.split():
        its_own = Q(number__icontains=word) | Q(title__icontains=word)
        contracts = contracts.filter(its_own | Q(provider__sort_name__contains=sort_key_of(word)))
    return contracts


def packages_found(packages: PackageQuerySet, words: str) -> PackageQuerySet:
    """Packages in which every word occurs: in name or provider."""

    def has(_word: str, folded: Func) -> Q:
        return Q(sort_name__contains=folded) | Q(provider__sort_name__contains=folded)

    return named(packages, words, has=has)


def scopes_found(scopes: ScopeQuerySet, words: str) -> ScopeQuerySet:
    """Scopes in which every word occurs: in the name, or in that of an institution that it names."""

    def has(_word: str, folded: Func) -> Q:
        named_there = ScopeInstitution.objects.filter(institution__sort_name__contains=folded)
        return Q(sort_name__contains=folded) | Q(pk__in=named_there.values("scope"))

    return named(scopes, words, has=has)


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
