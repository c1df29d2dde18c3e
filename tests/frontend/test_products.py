"""A manager keeps products in a browser: facts, pictures, packing lists; a mistake saves nothing."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from inventory.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_manager(client, manager):
    client.force_login(manager)
    return client


def packing(*lines: tuple[str, str, str, str]) -> dict[str, str]:
    """The rows of a packing list as the form sends them: part, quantity, name, minimum."""
    sent = {"packing-TOTAL_FORMS": str(len(lines)), "packing-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        sent |= dict(
            zip([f"packing-{number}-{name}" for name in ("part", "quantity", "name", "minimum")], line, strict=True)
        )
    return sent


def test_a_manager_creates_a_product_with_a_new_category_a_picture_and_a_packing_list(
    as_manager, center, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    photo = BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(photo, "JPEG")
    sent = {
        "name": "VR-Koffer", "kind": "kit", "new_category": "Virtuelle Welten", "is_listed": "on", "serves": "8",
        "new_packed_picture": SimpleUploadedFile("a.jpg", photo.getvalue()),
        **packing(("", "8", "VR-Brille", "6"), ("", "", "Handbuch", ""), ("", "", "", "")),
    }  # fmt: skip

    answer = as_manager.post(reverse("product_create"), sent)

    made = Product.objects.get(name="VR-Koffer")
    assert answer.url == reverse("items_create", args=[made.pk])
    assert made.category.name == "Virtuelle Welten"
    assert list(made.parts.values_list("quantity", "name", "minimum")) == [(8, "VR-Brille", 6), (1, "Handbuch", 0)]
    shown = as_manager.get(reverse("product_picture", args=[made.pk]) + "?packed")
    assert Image.open(BytesIO(b"".join(shown))).size == (1600, 1067)


def test_mistakes_in_a_product_are_told_and_nothing_is_saved(as_manager, case, center):
    address = reverse("product_edit", args=[case.pk])
    good = {"name": "Bee-Bot Set", "kind": "device", "category": case.category_id, "is_listed": "on"}

    for wrong in (
        {**good, "name": ""},
        {**good, "category": ""},
        {**good, "weight_kg": "-1"},
        {**good, **packing(("", "2", "Kabel", "3"))},
    ):
        assert as_manager.post(address, {**packing(), **wrong}).status_code == 422
    no_picture = {**good, **packing(), "new_picture": SimpleUploadedFile("a.jpg", b"no picture")}
    assert as_manager.post(address, no_picture).status_code == 400
    twice = {**good, **packing(("", "1", "Kabel", ""), ("", "1", "Kabel", ""))}
    assert as_manager.post(address, twice).status_code == 409
    assert not case.parts.exists()


def test_products_are_found_by_a_word(as_manager, case, cases):
    text = as_manager.get(reverse("products"), {"search": "calliope"}).text

    assert "Calliope Klassensatz" in text
    assert "Bee-Bot Set" not in text
    assert "nichts gefunden" in as_manager.get(reverse("products"), {"search": "gibtsnicht"}).text
