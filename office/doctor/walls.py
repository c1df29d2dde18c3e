"""The walls themselves: every constraint and trigger that the models state stands in the database, awake."""

from collections.abc import Collection, Iterable

import pgtrigger
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check

STANDING = """
    SELECT stated.name AS wall FROM (VALUES {names}) AS stated (name)
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conname = stated.name AND convalidated)
      AND NOT EXISTS (
        SELECT FROM pg_class AS class JOIN pg_index AS index ON index.indexrelid = class.oid
        WHERE class.relname = stated.name AND index.indisunique AND index.indisvalid
      )
"""
AWAKE = """
    SELECT stated.name AS trigger FROM (VALUES {names}) AS stated (name)
    WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = stated.name AND tgenabled IN ('O', 'A'))
"""
TRUNCATE = """
    SELECT current_user AS role WHERE has_table_privilege('people_journalentry', 'TRUNCATE')
    AND NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'people_journalentry'::regclass), 'USAGE')
"""


def checks(models: Collection[type[Model]]) -> list[Check]:
    constraints = [constraint.name for model in models for constraint in model._meta.constraints]
    labels = {model._meta.app_label for model in models}
    triggers = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered() if model._meta.app_label in labels]
    return [
        Check("walls_stand", _("Alle Schranken der Datenbank stehen."), STANDING.format(names=_values(constraints))),
        Check("triggers_are_awake", _("Alle Auslöser der Datenbank sind wach."), AWAKE.format(names=_values(triggers))),
        Check(
            "journal_cannot_be_emptied",
            _("Die Anwendung kann das Protokoll nicht leeren."),
            TRUNCATE,
        ),
    ]


def _values(names: Iterable[str]) -> str:
    """Names of our own constraints and triggers as rows."""
    return ", ".join(f"('{name}')" for name in names)
