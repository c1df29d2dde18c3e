"""What can be shown, played or run: titles with their facts, described by those who keep them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from django.db import transaction

from leihwerk.constraints import refusing
from licenses.errors import DiscsAreOfAnotherMedium, MediumNumberIsTaken, OfAnotherCenter
from licenses.models import Medium
from people import journal
from people.models import Center, User

DESCRIBED: Final = frozenset(
    {"number", "title", "provider", "kind", "runtime_minutes", "year", "subjects", "levels", "age_rating"}
    | {"languages", "subtitles", "description", "link", "file", "cover", "is_listed", "product"}
)
KEPT_AS_FILES: Final = frozenset({"file", "cover"})


@transaction.atomic
def add(center: Center, *, by: User, **facts: Any) -> Medium:
    """A title of ``center``, which nobody has a right to use yet. Raises MediumNumberIsTaken,
    DiscsAreOfAnotherMedium, OfAnotherCenter."""
    _ask_known(facts)
    medium = Medium(center=center, **facts)
    _ask_discs(medium)
    with _refusing(medium):
        medium.save()
    journal.record("medium.created", medium, by=by)
    return medium


@transaction.atomic
def edit(medium: Medium, *, by: User, **facts: Any) -> Medium:
    """Describe ``medium`` anew; a file or cover that is replaced is gone afterwards. Raises
    MediumNumberIsTaken, DiscsAreOfAnotherMedium, OfAnotherCenter."""
    _ask_known(facts)
    medium = Medium.objects.lock().get(pk=medium.pk)
    changed = sorted(name for name, value in facts.items() if getattr(medium, name) != value)
    if not changed:
        return medium
    for name in changed:
        if name in KEPT_AS_FILES and (former := getattr(medium, name)):
            transaction.on_commit(partial(former.storage.delete, former.name))
        setattr(medium, name, facts[name])
    _ask_discs(medium)
    with _refusing(medium):
        medium.save(update_fields=changed)
    journal.record("medium.changed", medium, by=by, fields=changed)
    return medium


@contextmanager
def _refusing(medium: Medium) -> Iterator[None]:
    """What the table has to say, when somebody was quicker."""
    taken = DiscsAreOfAnotherMedium(product=medium.product, title="…")
    with (
        refusing("medium_number_is_used_once", MediumNumberIsTaken(number=medium.number)),
        refusing("licenses_medium_product_id_key", taken),
    ):
        yield


def _ask_discs(medium: Medium) -> None:
    """One product is the discs of one medium; of two who are equally quick the table stops one."""
    product = medium.product
    if product is None:
        return
    if product.center_id != medium.center_id:
        raise OfAnotherCenter
    if other := Medium.objects.filter(product=product).exclude(pk=medium.pk).first():
        raise DiscsAreOfAnotherMedium(product=product, title=other)


def _ask_known(facts: Mapping[str, Any]) -> None:
    unknown = facts.keys() - DESCRIBED
    if unknown:
        raise TypeError(f"not a fact that describes a medium: {', '.join(sorted(unknown))}")
