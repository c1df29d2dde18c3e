"""The rules that keep the tables honest: relations look down, and a constraint's name is a sentence."""

from itertools import pairwise

from django.apps import apps
from django.db import models

from leihwerk.constraints import CompositeForeignKey
from licenses.models import MonthlyUse
from tests.house import FLOORS

HEIGHT = {floor: height for height, floor in enumerate(FLOORS[:6])}
OURS = [model for model in apps.get_models() if model._meta.app_label in HEIGHT]

# Moments and days whose word says more than the ending would.
SPOKEN = {
    "at",
    "day",
    "month",
    "reminders_since",
    "bound_until",
    "claimed_until",
    "notice_until",
    "not_before",
    "last_login",
}


def relations():
    for model in OURS:
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.remote_field:
                yield field, model._meta.app_label, field.related_model._meta.app_label


def test_relations_look_down():
    upwards = [str(field) for field, here, there in relations() if HEIGHT.get(there, 0) > HEIGHT[here]]

    assert upwards == []


def test_a_lower_floor_does_not_see_who_stands_on_it():
    seen = [
        str(field)
        for field, here, there in relations()
        if there in HEIGHT and here != there and not field.remote_field.hidden
    ]

    assert seen == [], "a relation across floors has related_name='+'"


def test_what_has_no_foreign_key_of_its_own_is_held_by_one_over_several_columns():
    bare = {(field.model, field.name) for field, *_ in relations() if not getattr(field, "db_constraint", True)}
    walls = [(model, wall) for model in OURS for wall in model._meta.constraints]
    held = {(model, name) for model, wall in walls if isinstance(wall, CompositeForeignKey) for name in wall.fields}

    assert bare == {(MonthlyUse, name) for name in ("center", "institution", "medium")}, "there are such columns"
    assert bare - held == set()


def test_no_model_has_a_save_of_its_own():
    assert [model for model in OURS if {"save", "delete", "asave", "adelete"} & vars(model).keys()] == []


def test_the_name_of_a_constraint_is_a_sentence():
    names = [constraint.name for model in OURS for constraint in model._meta.constraints]

    assert [name for name in names if len(name.split("_")) < 3] == []
    assert [name for name, following in pairwise(sorted(names)) if name == following] == []


def test_moments_end_in_at_and_days_in_on():
    wrong = [
        str(field)
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField) and field.name not in SPOKEN
        if not field.name.endswith("_at" if isinstance(field, models.DateTimeField) else "_on")
    ]

    assert wrong == []


def test_what_belongs_to_a_centre_stays_in_it():
    """A row that names a centre and another row of a centre is held together by a composite foreign key."""
    for field, here, _ in relations():
        model = field.model
        if field.many_to_many:
            continue  # its rows are a table of their own
        if field.name == "center" or not _has_center(model) or not _has_center(field.related_model):
            continue
        held = {tuple(c.fields) for c in model._meta.constraints if type(c).__name__ == "CompositeForeignKey"}
        assert any(field.name in fields for fields in held), f"{field} in {here} may point into another centre"


def _has_center(model) -> bool:
    return any(field.name == "center" for field in model._meta.fields)
