"""The journal: one row in the same transaction as the act it tells of."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model

from people.models import JournalEntry, User

CODE: Final = re.compile(r"[\w.:+\-]{0,80}", re.ASCII)


def record(verb: str, subject: Model, *, by: User | None, person: User | None = None, **facts: Any) -> JournalEntry:
    """Write down that ``by`` did ``verb`` to ``subject``.

    Facts are ids of things and institutions, codes, numbers and moments. Free text is refused with ValueError, so
    that no name can enter what is never deleted (DESIGN 3.11).
    """
    entry = _entry(verb, subject, by=by, person=person, facts=facts)
    entry.save(force_insert=True)
    return entry


def record_all(verb: str, happened: Iterable[tuple[Model, Mapping[str, Any]]], *, by: User | None) -> None:
    """Write down the same verb for many subjects, each with its facts, in one batch."""
    entries = (_entry(verb, subject, by=by, person=None, facts=facts) for subject, facts in happened)
    JournalEntry.objects.bulk_create(entries, batch_size=1000)


def _entry(
    verb: str, subject: Model, *, by: User | None, person: User | None, facts: Mapping[str, Any]
) -> JournalEntry:
    for name, value in facts.items():
        if not _is_fact(value):
            raise ValueError(f"{verb}: {name} is not an id, a code, a number or a moment")
    return JournalEntry(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        center_id=getattr(subject, "center_id", None),
        institution_id=getattr(subject, "institution_id", None),
        by=by,
        person=person,
        facts=dict(facts),
    )


def _is_fact(value: Any) -> bool:
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None
    if isinstance(value, list | tuple):
        return all(_is_fact(part) for part in value)
    return value is None or isinstance(value, bool | int | float | date | datetime)
