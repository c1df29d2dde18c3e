"""Every relation leads to a row, and none leads into another centre: asked row by row, for every table."""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check
from leihwerk.constraints import CompositeForeignKey

FLOORS: Final = frozenset({"people", "inventory", "licenses", "lending", "office"})


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


def checks() -> list[Check]:
    """Two for each table that has relations: what they lead to is there, and is of the same centre."""
    made = []
    for model in models():
        for name, sentence, relations in (
            ("relations_lead_somewhere", _("Jede Beziehung führt zu einer Zeile."), _single(model)),
            ("centers_never_meet", _("Zeilen zweier Medienzentren begegnen sich nie."), _composite(model)),
        ):
            if queries := [_dangling(model, *relation) for relation in relations]:
                made.append(Check(f"{name}:{model._meta.db_table}", sentence, " UNION ALL ".join(queries)))
    return made


def _single(model: type[Model]) -> Iterable[tuple[str, Any, list[str], list[str]]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            target = field.target_field
            yield field.name, target.model, [str(field.column)], [str(target.column)]


def _composite(model: type[Model]) -> Iterable[tuple[str, Any, list[str], list[str]]]:
    for wall in model._meta.constraints:
        if isinstance(wall, CompositeForeignKey):
            target = apps.get_model(wall.to)
            yield wall.name, target, _columns(model, wall.fields), _columns(target, wall.to_fields)


def _columns(model: Any, names: Iterable[str]) -> list[str]:
    return [model._meta.get_field(name).column for name in names]


def _dangling(model: type[Model], relation: str, target: Any, columns: list[str], to: list[str]) -> str:
    """Rows with a value in all of ``columns`` and no row of ``target`` that has them in ``to``. Names are Django's."""
    filled = " AND ".join(f'this."{column}" IS NOT NULL' for column in columns)
    same = " AND ".join(f'that."{there}" = this."{here}"' for here, there in zip(columns, to, strict=True))
    return (
        f"SELECT '{relation}' AS relation, this.id AS row FROM \"{model._meta.db_table}\" AS this WHERE {filled} "  # noqa: S608  names of our own tables
        f'AND NOT EXISTS (SELECT FROM "{target._meta.db_table}" AS that WHERE {same})'
    )
