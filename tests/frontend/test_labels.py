"""The page behind a label says what belongs into the case and whose it is, and nothing else, to anybody."""

import re
from datetime import date
from decimal import Decimal

import pytest

from inventory import items, labels, locations, products
from inventory.models import Label, Part
from inventory.products import PackingLine
from lending.findings import MOST_REPORTS_OF_ITEM
from lending.handovers import hand_over, open_handover
from lending.models import Finding, FindingKind
from people.models import Center, Contact
from people.models.user import User

CSRF = re.compile(r"[A-Za-z0-9]{64}")
pytestmark = pytest.mark.django_db


@pytest.fixture
def label(case, center, manager, desk, north) -> Label:
    """The label of a thing that is out, about which everything that is secret has a telling name."""
    Center.objects.filter(pk=center.pk).update(street="Hauptstraße 12", postal_code="51373")
    products.edit(case, by=manager, kind="kit", quick_guide="Zuerst laden.", maker="CANARYMAKER",
                  replacement_value=Decimal("98765.43"), packing_list=[PackingLine("Bee-Bot", 6, 5)])  # fmt: skip
    shelf = locations.add(center, name="CANARYSHELF", by=manager)
    [other] = items.add(case, first_number="CANARYOTHER-1", by=manager)
    item = items.edit(
        case.items.exclude(pk=other.pk).get(), by=manager, asset_number="CANARYASSET", serial_number="CANARYSERIAL",
        location=shelf, owner="CANARYOWNER", cost_center="CANARYCOST", invoice="CANARYINVOICE", wear="CANARYWEAR",
        funding="CANARYFUNDING", note="CANARYNOTE", price=Decimal("12345.67"), acquired_on=date(1999, 12, 31),
    )  # fmt: skip
    contact = Contact.objects.create(center=center, institution=north, name="CANARYPERSON", phone="CANARYPHONE")
    hand_over(open_handover(north, by=desk, contact=contact, collected_by="CANARYCOLLECTOR"), item, by=desk)
    Finding.objects.create(center=center, item=item, kind="damaged", note="CANARYFINDING", found_at="2026-01-01T00:00Z")
    return labels.issue(item, by=desk)


def address(label: Label) -> str:
    return f"/e/{label.token}"


def test_who_finds_the_thing_learns_whose_it_is_and_what_belongs_into_it(client, label):
    answer = client.get(address(label))

    assert answer.status_code == 200
    for said in (
        "Bee-Bot Set", "gehört dem Medienzentrum Musterstadt", "0214 123", "Hauptstraße 12", "51373 Musterstadt",
        "Zuerst laden.", "6\xa0×\xa0Bee-Bot", "Das gehört in den Koffer", "Problem melden", "Gefunden?",
    ):  # fmt: skip
        assert said in answer.text, said
    assert answer["X-Robots-Tag"] == "noindex"


def test_it_tells_nothing_else(client, label, bert, foreign_desk):
    for user in (None, bert, foreign_desk):
        sign_in(client, user)
        text = client.get(address(label)).text
        secrets = ["CANARY", "Grundschule Nord", "ausgeliehen", str(label.number), "12345", "98765", "1999", "MZ-00"]
        assert [secret for secret in secrets if secret in text] == []


def test_the_desk_does_see_what_others_must_not(client, label, desk):
    """The control: the canaries are alive, so their absence above says something."""
    sign_in(client, desk)

    text = client.get(address(label), follow=True).text

    for secret in (
        "CANARYASSET",
        "CANARYSERIAL",
        "CANARYSHELF",
        "CANARYOWNER",
        "CANARYNOTE",
        "CANARYFINDING",
        "12.345",
    ):
        assert secret in text, secret
    assert "Grundschule Nord" in text


def test_the_address_may_come_in_capitals_or_in_lower_case(client, label):
    for path in (f"/E/{label.token}", f"/e/{label.token.lower()}", f"/e/{label.token}/"):
        assert client.get(path).status_code == 200


def test_unknown_retired_and_other_codes_answer_alike(client, label, desk, north, anna, foreign_desk, foreign_case):
    retired = labels.reprint(label.item, by=desk)
    foreign = labels.issue(foreign_case.items.get(), by=foreign_desk)
    for each in (retired, foreign):
        labels.retire(each, by=desk)
    codes = [
        "A" * 27,
        "x",
        "4711",
        str(label.number),
        retired.token,
        foreign.token,
        north.token,
        anna.token,
        "CANARYASSET",
    ]

    answers = [client.get(f"/e/{code}") for code in codes]

    assert {answer.status_code for answer in answers} == {404}
    said = {CSRF.sub("", answer.text.replace(f"/e/{code}", "")) for answer, code in zip(answers, codes, strict=True)}
    assert len(said) == 1


def test_staff_are_led_to_the_item(client, label, desk, auditor):
    for user in (desk, auditor):
        sign_in(client, user)
        assert client.get(address(label)).url.endswith(f"/{label.item_id}/")


def test_staff_next_door_are_told_whose_it_is(client, label, foreign_desk):
    sign_in(client, foreign_desk)

    assert "Gehört Medienzentrum Musterstadt." in client.get(address(label)).text


def test_anybody_can_report_a_problem(client, label):
    answer = report(client, label, "Ein  Bee-Bot\nblinkt rot.", follow=True)

    finding = Finding.objects.get(kind=FindingKind.REPORTED)
    assert (finding.item, finding.note, finding.found_by, finding.loan) == (
        label.item,
        "Ein Bee-Bot blinkt rot.",
        None,
        None,
    )
    assert "Danke. Ihre Meldung ist bei uns angekommen." in answer.text


def test_an_empty_report_is_asked_about(client, label):
    for note in ("", "   ", "x" * 501):
        assert report(client, label, note).status_code == 422
    assert not Finding.objects.filter(kind=FindingKind.REPORTED).exists()


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client, label):
    assert report(client, label, "Kaufen Sie", website="https://spam.example").status_code == 303
    assert not Finding.objects.filter(kind=FindingKind.REPORTED).exists()


def test_a_flood_of_reports_ends(client, label):
    answers = [report(client, label, f"Meldung {number}").status_code for number in range(MOST_REPORTS_OF_ITEM + 1)]

    assert answers == [303] * MOST_REPORTS_OF_ITEM + [429]
    assert Finding.objects.filter(kind=FindingKind.REPORTED).count() == MOST_REPORTS_OF_ITEM


def test_nothing_is_reported_about_an_unknown_code(client):
    assert client.post(f"/e/{'A' * 27}/problem/", {"note": "?"}).status_code == 404


def test_the_page_takes_few_queries(client, label, django_assert_max_num_queries):
    Part.objects.bulk_create(
        Part(center=label.center, product=label.item.product, name=f"Teil {number}") for number in range(30)
    )
    with django_assert_max_num_queries(3):
        client.get(address(label))


def report(client, label: Label, note: str, *, follow: bool = False, **more: str):
    return client.post(f"{address(label)}/problem/", {"note": note, **more}, follow=follow)


def sign_in(client, user: User | None) -> None:
    client.logout()
    if user is not None:
        client.force_login(user)
