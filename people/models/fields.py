"""Columns that several tables share."""

from typing import Any

from django.db import models


class GermanSortKey(models.GeneratedField):
    """What German readers sort and search a name by: lower case, without accents, by code point.

    Without ICU: a stored column computed by an immutable SQL function (DESIGN section 6).
    """

    def __init__(self, of: str | None = None, **kwargs: Any) -> None:
        if of is not None:
            kwargs["expression"] = _sort_key(models.F(of))
            kwargs["output_field"] = models.TextField(db_collation="C")
            kwargs["db_persist"] = True
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", args, kwargs


def folded(word: str) -> models.Func:
    """``word`` as a GermanSortKey column holds it, to look for it there."""
    return _sort_key(models.Value(word))


def _sort_key(of: models.F | models.Value) -> models.Func:
    return models.Func(of, function="german_sort_key", output_field=models.TextField())
