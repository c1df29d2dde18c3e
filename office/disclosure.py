"""What is known about a person (GDPR art. 15), complete by construction: whatever row of whatever table names them."""

from typing import Any, Final

from django.apps import apps
from django.db.models import Field, Model, Q

from people.privacy import Person

#: Columns that are no information about the person but a means to act for them.
SECRETS: Final = frozenset({"password", "token", "digest", "data", "session_key"})


def disclose(person: Person) -> dict[str, list[dict[str, Any]]]:
    """For each kind of row that names ``person``: its columns, in plain words, as they would be printed."""
    told = {str(person._meta.verbose_name): [_told(person)]}
    for model in apps.get_models():
        pointing = Q()
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is type(person):
                pointing |= Q(**{field.name: person.pk})
        if pointing:
            rows = [_told(row) for row in model._default_manager.filter(pointing).order_by("pk")]
            if rows:
                told[str(model._meta.verbose_name)] = rows
    return told


def _told(row: Model) -> dict[str, Any]:
    return {str(field.verbose_name): _value(row, field) for field in row._meta.concrete_fields if _is_told(field)}


def _is_told(field: "Field[Any, Any]") -> bool:
    return not field.primary_key and field.name not in SECRETS


def _value(row: Model, field: "Field[Any, Any]") -> Any:
    """A relation is told as what it is called, a choice as its words."""
    if field.is_relation:
        related = getattr(row, field.name)
        return None if related is None else str(related)
    return getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)
