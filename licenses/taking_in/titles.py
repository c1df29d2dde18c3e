"""Which medium of ours is meant by what a source calls a title; who says it once need not say it again."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Final

from django.db import transaction

from licenses.counter.figures import Content
from licenses.counter.identifiers import ContentIds
from licenses.errors import OfAnotherCenter
from licenses.models import Medium, ReportedTitle, Source
from people import journal
from people.models import User

#: How much of each a column takes.
LENGTHS: Final = {
    "title": 500, "publisher": 240, "platform": 240, "data_type": 40, "yop": 4, "access_type": 20, "access_method": 20,
}  # fmt: skip
_ISBN: Final = re.compile(r"97[89][0-9]{10}")


def digest_of(content: Content) -> str:
    told = json.dumps(asdict(content), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def reported(source: Source, content: Content, medium_id: int | None) -> ReportedTitle:
    """Not saved. What is longer than a column is cut; the digest is of all of it."""
    return ReportedTitle(
        center_id=source.center_id,
        source=source,
        digest=digest_of(content),
        publisher_ids=list(content.publisher_ids),
        ids=dict(content.ids.named()),
        medium_id=medium_id,
        **{name: getattr(content, name)[:length] for name, length in LENGTHS.items()},
    )


class Known:
    """The media of a centre by what files call them, and what somebody said about titles of this source."""

    def __init__(self, source: Source) -> None:
        self._by_key: dict[str, int] = {}
        for pk, number, link in Medium.objects.filter(center=source.center_id).values_list("pk", "number", "link"):
            for key in (_folded(number or ""), _place(link)):
                if key:
                    self._by_key.setdefault(key, pk)
        said = source.titles.filter(medium__isnull=False).order_by("pk").values_list("title", "ids", "medium_id")
        self._said = {key: medium for title, ids, medium in said for key in _calls(title, ids)}

    def medium_id(self, content: Content) -> int | None:
        calls = _calls(content.title, dict(content.ids.named()))
        remembered = next((self._said[key] for key in calls if key in self._said), None)
        return remembered or next((self._by_key[key] for key in _keys(content.ids) if key in self._by_key), None)


@transaction.atomic
def assign(title: ReportedTitle, medium: Medium | None, *, by: User) -> int:
    """Say which medium a title is (None: none of ours), and so all of this source with the same name or number; how
    many. Raises OfAnotherCenter."""
    if medium is not None and medium.center_id != title.center_id:
        raise OfAnotherCenter
    calls = set(_calls(title.title, title.ids))
    alike = [
        it.pk for it in ReportedTitle.objects.filter(source=title.source_id) if calls & set(_calls(it.title, it.ids))
    ]
    done = ReportedTitle.objects.filter(pk__in={title.pk, *alike}).update(medium=medium)
    journal.record("reported_title.assigned", title, by=by, medium=medium and medium.pk, titles=done)
    return done


def _calls(title: str, ids: Mapping[str, str]) -> Iterable[str]:
    """How one recognizes it: by its numbers; only what has none, by its name."""
    named = [f"{name}:{value}" for name, value in sorted(ids.items()) if name != "URI"]
    return named or [f"title:{title.casefold()}"]


def _keys(ids: ContentIds) -> Iterable[str]:
    """Numbers as a medium may have them, with and without the namespace, the ISBN with and without hyphens."""
    yield from (_folded(ids.proprietary), _folded(ids.proprietary.partition(":")[2]))
    for isbn in (ids.isbn, ids.proprietary):
        digits = isbn.replace("-", "").replace(" ", "")
        if _ISBN.fullmatch(digits):
            yield digits
    yield _place(ids.uri)


def _folded(number: str) -> str:
    folded = number.strip().casefold()
    digits = folded.replace("-", "").replace(" ", "")
    return digits if _ISBN.fullmatch(digits) else folded


def _place(link: str) -> str:
    return link.strip().rstrip("/").casefold().partition("://")[2]
