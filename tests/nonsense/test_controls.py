"""The negative controls: a view that breaks, is silent, writes half or gives markup back is found out."""

import pytest
from django import forms
from django.http import HttpResponse, JsonResponse

from frontend.views.inventory.forms import PlaceForm
from people import journal
from tests.authorization.stage import Stage
from tests.authorization.test_forms_once import snapshot
from tests.authorization.undoing import undone
from tests.nonsense.listening import listening
from tests.nonsense.values import EVERYTHING, LONG, MARKUP
from tests.nonsense.walk import Address, complaints, tried

pytestmark = pytest.mark.django_db


def test_a_view_that_breaks_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """Without its longest length, a place's name is more than the column holds."""
    address = Address(stage, "POST locations")
    monkeypatch.setitem(PlaceForm.base_fields, "name", forms.CharField())
    with undone():
        wrong = [it for value in EVERYTHING for it in tried(address.ask, {"name": value})]

    assert any("500 DataError" in it for it in wrong)


def test_what_a_refusal_leaves_behind_is_found(stage: Stage):
    desk, loan = stage.actor("desk").user, stage.owners["anna"].loan

    def half_done() -> HttpResponse:
        journal.record("loan.renewed", loan, by=desk)
        return HttpResponse('<p class="refusal">Nein.</p>', status=409)

    with undone():
        before = snapshot()
        wrong = [*tried(half_done)]
        left = {table for table, rows in snapshot().items() if rows != before[table]}

    assert (wrong, left) == ([], {"people_journalentry"})


def test_a_silent_refusal_and_a_broken_page_are_found():
    page = f"<div><p>{MARKUP}</div>{'x' * LONG}"

    found = " ".join(complaints(HttpResponse(page, status=422)))

    assert "markup" in found
    assert "does not say why" in found
    assert "no well-formed page" in found
    assert [*complaints(JsonResponse({"errors": [{"detail": ""}]}, status=400))]
    assert [*complaints(HttpResponse("Nein", status=400, content_type="text/plain"))]
    assert not [*complaints(HttpResponse('<p class="refusal">Nein.</p>', status=409))]


def test_every_field_of_a_form_is_heard(stage: Stage):
    fields = Address(stage, "POST contact_new").fields()

    assert {"name", "function", "phone", "email", "channel"} <= fields.keys()
    assert "schulen-file" in Address(stage, "POST import_upload").fields()
    with listening() as heard:
        stage.actor("manager").page.get("/bestand/")
    assert "search" in heard
