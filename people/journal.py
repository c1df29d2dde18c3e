"""The journal: one row in the same transaction as the act it tells of."""

import re
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
    for name, value in facts.items():
        if not _is_fact(value):
            raise ValueError(f"{verb}: {name} is not an id, a code, a number or a moment")
    return JournalEntry.objects.create(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        center_id=getattr(subject, "center_id", None),
        institution_id=getattr(subject, "institution_id", None),
        by=by,
        person=person,
        facts=facts,
    )


def _is_fact(value: Any) -> bool:
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None
    if isinstance(value, list | tuple):
        return all(_is_fact(part) for part in value)
    return value is None or isinstance(value, bool | int | float | date | datetime)
