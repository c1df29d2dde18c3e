"""Rows of any model, made past the verbs, for tests that ask something of every table."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from people.models import Center, Institution, User

FIRST_MOMENT = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))

#: What a model's own walls ask for beyond the types of its columns; a model is made from the fields of another.
MEANT: dict[str, dict[str, Any]] = {
    "inventory.label": {"foreign_code": "4006381333931"},
    "inventory.part": {"quantity": 8},
    "lending.allocation": {"kind": "loan"},
    "lending.line": {"quantity": 1, "claimed": 1},
    "licenses.monthlyuse": {"month": date(2026, 1, 1)},
    "licenses.reportedfigure": {"month": date(2026, 1, 1)},
    "licenses.reportedtitle": {"platform": "Plattform"},
    "licenses.useday": {"salt": b"salt"},
    "licenses.useevent": {"session": UUID(int=1)},
    "licenses.deletion": {"month_on": FIRST_MOMENT.date().replace(day=1)},
    "licenses.seat": {"kind": "named", "released_at": FIRST_MOMENT + timedelta(days=365)},
}
#: Of these relations a row has one, though each is optional: the first, unless a test asks for another.
ONE_OF: dict[str, tuple[str, ...]] = {
    "licenses.entitlement": ("medium", "package"),
    "licenses.key": ("contract", "provider"),
}


class Rows:
    """One row of each model asked for, all of one centre, one institution and one person; made when first needed."""

    numbers = count(1)

    def __init__(self, center: Center, institution: Institution, person: User) -> None:
        self.center = center
        self.known: dict[Any, Any] = {Center: center, Institution: institution, User: person}

    def the(self, model: Any) -> Any:
        """The row of this model, made now if there is none."""
        if model not in self.known:
            self.known[model] = self.make(model)
        return self.known[model]

    def make(self, model: Any, *, linked: tuple[str, ...] = (), **given: Any) -> Any:
        """A new row with everything it needs; the optional relations in ``linked`` lead to rows of the same centre."""
        given = MEANT.get(model._meta.label_lower, {}) | given
        one_of = ONE_OF.get(model._meta.label_lower, ())
        if one_of and not {*one_of} & {*linked}:
            return self.make(model, linked=linked + one_of[:1], **given)
        moments = (FIRST_MOMENT + timedelta(days=day) for day in count())
        for field in model._meta.concrete_fields:
            if field.name in given or isinstance(field, models.AutoField | models.GeneratedField):
                continue
            if field.is_relation and (not field.null or field.name in linked):
                given[field.name] = self.the(field.related_model)
            elif not (field.has_default() or field.null or field.blank or getattr(field, "auto_now_add", False)):
                given[field.name] = self.value(field, moments)
        return model._default_manager.create(**given)

    def value(self, field: Any, moments: Any) -> Any:
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.DateTimeField):
            return next(moments)
        if isinstance(field, models.DateField):
            return next(moments).date() + timedelta(weeks=next(self.numbers))
        if isinstance(field, models.TimeField):
            return next(moments).time().replace(hour=next(self.numbers) % 12)
        if isinstance(field, models.BooleanField):
            return False
        if isinstance(field, models.IntegerField):
            return 1
        if isinstance(field, models.CharField | models.TextField):
            return f"{field.name}-{next(self.numbers)}"[: field.max_length]
        if isinstance(field, models.FileField):
            return "bytes.bin"
        if isinstance(field, models.BinaryField):
            return b"bytes"
        return DateTimeTZRange(next(moments), next(moments))


def own_models() -> list[Any]:
    """The tables of Leihwerk's own floors."""
    floors = {"people", "inventory", "licenses", "lending", "office", "api", "frontend"}
    return [model for model in apps.get_models() if model._meta.app_label in floors]
