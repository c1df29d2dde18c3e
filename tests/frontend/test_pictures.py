"""Pictures in the catalogue: small in the list, whole on the page, and a sign where there is none."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from inventory import pictures
from inventory.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    taken = BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(taken, "JPEG")
    return pictures.tidy(SimpleUploadedFile("a.jpg", taken.getvalue()))


def pictures_on(page: str) -> list[str]:
    return re.findall(r'<img class="(?:offer|product)__picture"[^>]*>', page)


def test_a_list_shows_a_small_picture_when_it_comes_into_view(client, anna, case, photo):
    case.picture.save("a.webp", photo)
    client.force_login(anna)

    (shown,) = pictures_on(client.get(reverse("catalogue")).text)
    small = client.get(reverse("product_picture", args=[case.pk]) + "?small")

    assert f"{reverse('product_picture', args=[case.pk])}?small" in shown
    assert 'alt=""' in shown, "the name stands beside it"
    assert 'loading="lazy"' in shown
    assert 'width="64" height="64"' in shown
    assert small["Content-Type"] == "image/webp"
    assert Image.open(BytesIO(small.content)).size == (256, 171)


def test_its_page_shows_it_whole_with_its_name(client, anna, case, photo):
    case.picture.save("a.webp", photo)
    client.force_login(anna)

    (shown,) = pictures_on(client.get(reverse("product", args=[case.pk])).text)

    assert 'alt="Bee-Bot Set"' in shown
    whole = client.get(reverse("product_picture", args=[case.pk]))
    assert Image.open(BytesIO(b"".join(whole))).size == (1600, 1067)


def test_the_packed_case_stands_in_and_says_so(client, anna, case, photo):
    case.packed_picture.save("b.webp", photo)
    client.force_login(anna)

    (shown,) = pictures_on(client.get(reverse("product", args=[case.pk])).text)

    assert 'alt="Bee-Bot Set, fertig gepackt"' in shown
    assert client.get(reverse("product_picture", args=[case.pk]) + "?small").status_code == 200


def test_without_a_picture_there_is_a_sign(client, anna, case):
    client.force_login(anna)

    page = client.get(reverse("catalogue")).text

    assert pictures_on(page) == []
    assert 'class="kind kind--device"' in page
    for query in ("", "?small", "?packed"):
        assert client.get(reverse("product_picture", args=[case.pk]) + query).status_code == 404


def test_a_neighbors_picture_is_not_there(client, anna, foreign_case, photo):
    foreign_case.picture.save("a.webp", photo)
    client.force_login(anna)

    assert client.get(reverse("product_picture", args=[foreign_case.pk]) + "?small").status_code == 404
    assert Product.objects.get(pk=foreign_case.pk).shown_picture
