"""The desk over HTTP: a whole slip at once, or nothing with a reason for each code; and back again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory import labels
from inventory.models import Item, Part
from lending.models import Finding, Handover, Loan, Outage
from lending.reservations import Wish, place
from people.models import Contact

HANDOVERS, RETURNS, LOANS = "/api/v1/handovers/", "/api/v1/returns/", "/api/v1/loans/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def codes(cases, desk) -> list[str]:
    """The short numbers of the five sets."""
    return [str(label.number) for label in labels.issue_all(cases.items.all(), by=desk)]


@pytest.fixture
def out(program, desk, north, codes) -> Loan:
    """The first set is out at the north school."""
    (loan,) = program(desk).post(HANDOVERS, {"institution": north.pk, "items": codes[:1]}).json()["loans"]
    return Loan.objects.get(pk=loan["id"])


def test_a_slip_names_its_loans_extras_and_who_collected(program, desk, north, codes):
    meier = Contact.objects.create(center=north.center, institution=north, name="Frau Meier")

    slip = (
        program(desk)
        .post(
            HANDOVERS,
            {
                "institution": north.pk,
                "contact": meier.pk,
                "items": [codes[0], codes[1].lower(), "MZ-0013"],
                "extras": [{"name": "Verlängerungskabel", "quantity": 2}],
                "collected_by": "Hausmeister",
                "identity_shown": True,
            },
        )
        .json()
    )

    assert slip["slip"] == f"L-{slip['id']}"
    assert [loan["asset_number"] for loan in slip["loans"]] == ["MZ-0011", "MZ-0012", "MZ-0013"]
    assert {loan["responsible_name"] for loan in slip["loans"]} == {"Frau Meier"}
    assert [(extra["name"], extra["quantity"]) for extra in slip["extras"]] == [("Verlängerungskabel", 2)]
    assert (slip["collected_by"], slip["identity_shown"], slip["authority_shown"]) == ("Hausmeister", True, False)
    assert slip["finished_at"]


def test_a_handover_is_answered_as_its_address_tells_it(program, desk, north, codes):
    wish = {"institution": north.pk, "items": codes, "extras": [{"name": "Beutel"}]}

    given = program(desk).post(HANDOVERS, wish).json()

    assert given == program(desk).get(f"{HANDOVERS}{given['id']}/").json()


def test_nothing_goes_out_when_one_cannot_and_each_code_has_its_reason(program, desk, south, out, codes):
    Item.objects.filter(asset_number="MZ-0012").update(life="retired")

    refusal = program(desk).post(HANDOVERS, {"institution": south.pk, "items": codes[:3]})

    assert (refusal.status_code, refusal.json()["code"]) == (409, "handover_refused")
    assert {error["attr"]: error["code"] for error in refusal.json()["errors"]} == {
        codes[0]: "item_is_out",
        codes[1]: "item_is_retired",
    }
    assert refusal.json()["facts"]["reasons"][codes[0]]["facts"]["institution"] == "Grundschule Nord"
    assert Loan.objects.count() == Handover.objects.count() == 1


def test_codes_that_mean_nothing_here_are_told_apart_from_those_that_do(
    program, desk, foreign_desk, north, foreign_case, codes
):
    foreign = labels.issue(foreign_case.items.get(), by=foreign_desk).number

    refusal = program(desk).post(HANDOVERS, {"institution": north.pk, "items": [codes[0], "nonsense", foreign]})

    assert {error["attr"] for error in refusal.json()["errors"]} == {"nonsense", foreign}
    assert {error["code"] for error in refusal.json()["errors"]} == {"unknown_code"}
    assert not Loan.objects.exists()


def test_what_is_kept_for_another_school_stays_unless_the_manager_overrides(
    program, desk, manager, anna, north, south, cases, codes
):
    now = timezone.now()
    period = now + timedelta(minutes=1), now + timedelta(days=3)
    place(north, wishes=[Wish(cases, 5)], starts_at=period[0], ends_at=period[1], by=desk, responsible=anna)
    slip = {"institution": south.pk, "items": codes[:1], "due_at": (now + timedelta(days=1)).isoformat()}

    refusal = program(desk).post(HANDOVERS, slip).json()["errors"][0]
    assert (refusal["code"], refusal["attr"]) == ("item_is_promised", codes[0])
    assert program(desk).post(HANDOVERS, slip | {"override": True}).status_code == 403
    assert program(manager).post(HANDOVERS, slip | {"override": True}).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"institution": None},
        {"items": "x"},
        {"items": [None]},
        {"items": ["x" * 201]},
        {"items": ["\0"]},
        {"items": ["x"] * 201},
        {"extras": ["Kabel"]},
        {"extras": [{"name": "Kabel", "quantity": 0}]},
        {"extras": [{"name": "Kabel", "quantity": 10**20}]},
        {"due_at": "9999-12-31T23:59:59Z"},
        {"happened_at": "gestern"},
        {"happened_at": "2027-01-01"},
        {"collected_by": "x" * 121},
        {"identity_shown": "vielleicht"},
        {"override": []},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_a_slip_that_makes_no_sense_is_400(program, desk, north, codes, wrong):
    assert program(desk).post(HANDOVERS, {"institution": north.pk, "items": codes[:1]} | wrong).status_code == 400
    assert not Handover.objects.exists()


def test_a_slip_is_for_one_institution(program, desk, anna, north, south, cases, codes, week):
    reservation = (
        program(anna)
        .post(
            "/api/v1/reservations/",
            {
                "institution": north.pk,
                "starts_at": str(week[0]),
                "ends_at": str(week[1]),
                "lines": [{"product": cases.pk, "quantity": 1}],
            },
        )
        .json()
    )
    meier = Contact.objects.create(center=south.center, institution=south, name="Frau Meier")
    client, slip = program(desk), {"reservation": reservation["id"], "items": codes[:1]}

    assert client.post(HANDOVERS, slip | {"institution": south.pk}).json()["errors"][0]["attr"] == "institution"
    assert client.post(HANDOVERS, slip | {"contact": meier.pk}).json()["errors"][0]["attr"] == "contact"
    assert client.post(HANDOVERS, slip | {"institution": north.pk}).status_code == 201


def test_what_happened_long_ago_or_will_happen_is_not_entered(program, desk, north, codes):
    client, now = program(desk), timezone.now()

    for days, code in ((-8, "too_long_ago"), (1, "not_yet")):
        slip = {"institution": north.pk, "items": codes[:1], "happened_at": (now + timedelta(days=days)).isoformat()}
        answer = client.post(HANDOVERS, slip)
        assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_missing_parts_are_written_down_and_below_the_minimum_it_stays_in(program, desk, out, codes):
    charger = Part.objects.create(center=out.center, product=out.item.product, name="Ladegerät", quantity=2, minimum=2)

    back = program(desk).post(
        RETURNS, {"items": [{"code": codes[0], "parts_missing": [{"part": charger.pk}], "note": "fehlt im Koffer"}]}
    )

    assert back.status_code == 200, back.json()
    assert back.json()["loans"][0]["returned_at"]
    assert Finding.objects.get().part == charger
    assert Outage.objects.open().get().item == out.item


def test_nothing_comes_back_when_one_was_not_out(program, desk, out, codes):
    refusal = program(desk).post(RETURNS, {"items": [{"code": codes[0]}, {"code": codes[1]}]})

    assert (refusal.status_code, refusal.json()["code"]) == (409, "not_on_loan")
    assert Loan.objects.open().count() == 1


def test_a_return_that_makes_no_sense_says_where(program, desk, out, codes, foreign_desk, foreign_case):
    foreign_part = Part.objects.create(center=foreign_case.center, product=foreign_case, name="Kabel")
    foreign = labels.issue(foreign_case.items.get(), by=foreign_desk).number
    client = program(desk)

    def attr_of(**item):
        answer = client.post(RETURNS, {"items": [{"code": codes[0]} | item]})
        assert answer.status_code == 400
        return answer.json()["errors"][0]["attr"]

    assert attr_of(code="nonsense") == attr_of(code=foreign) == "items.0.code"
    assert attr_of(parts_missing=[{"part": foreign_part.pk}]) == "items.0.parts_missing.0"
    assert attr_of(parts_missing=[{"part": "x"}]) == "items.0.parts_missing.0.part"
    assert attr_of(note="x" * 501) == "items.0.note"
    assert Loan.objects.open().count() == 1


def test_a_teacher_renews_her_own_once(program, anna, bert, desk, out):
    Loan.objects.update(responsible=anna)
    address = f"{LOANS}{out.pk}/renew/"

    assert program(bert).post(address).status_code == 404
    renewed = program(anna).post(address)
    assert (renewed.status_code, renewed.json()["renewals"]) == (200, 1)
    again = program(anna).post(address)
    assert (again.status_code, again.json()["code"]) == (409, "renew_max")


def test_a_renewal_until_a_day_ends_at_the_return_time(program, desk, out):
    day = timezone.localdate(out.due_at) + timedelta(days=3)

    renewed = program(desk).post(f"{LOANS}{out.pk}/renew/", {"until": str(day)}).json()

    assert renewed["due_at"].startswith(f"{day}T10:00:00+0")
    assert program(desk).post(f"{LOANS}{out.pk}/renew/", {"until": "2020-01-01"}).json()["code"] == "nothing_to_renew"


def test_loans_are_asked_for_by_what_is_late_open_where_and_which(program, desk, manager, north, south, out):
    client = program(desk)

    def found(**query):
        return client.get(LOANS, query).json()["count"]

    assert (found(overdue="true"), found(overdue="false"), found(open="true"), found(open="false")) == (0, 1, 1, 0)
    assert (found(institution=north.pk), found(institution=south.pk), found(item=out.item_id)) == (1, 0, 1)
    assert client.get(LOANS, {"overdue": "maybe"}).status_code == 400


def test_a_scan_resolves_whatever_a_scanner_sends(program, desk, anna, north, out, codes):
    client, label = program(desk), out.item.labels.get()

    def scanned(code):
        answer = client.get(f"/api/v1/scan/{code}/")
        assert answer.status_code == 200, answer.json()
        return answer.json()["kind"], answer.json()["id"]

    item = ("item", out.item_id)
    assert {scanned(code) for code in (codes[0], label.token, label.token.lower(), "MZ-0011", "mz-0011")} == {item}
    assert scanned(labels.address(label)) == item
    assert scanned(f"L-{out.handover_id}") == ("slip", out.handover_id)
    assert scanned(north.token) == ("institution", north.pk)
    assert scanned(anna.token) == ("person", anna.pk)


@pytest.mark.parametrize(
    "code", ["nonsense", "%00", "%F0%9F", "x" * 5000, "L-99999999999999999999", "R-0", "%20", "..%2f.."]
)
def test_a_code_that_means_nothing_is_404(program, desk, code):
    answer = program(desk).get(f"/api/v1/scan/{code}/")

    assert answer.status_code == 404


def test_the_desk_is_told_whose_a_foreign_code_is_and_a_school_is_not(program, desk, anna, foreign_desk, foreign_case):
    number = labels.issue(foreign_case.items.get(), by=foreign_desk).number

    told = [program(user).get(f"/api/v1/scan/{number}/").json()["errors"][0] for user in (desk, anna)]

    assert [it["code"] for it in told] == ["foreign_code", "unknown_code"]
    assert told[0]["detail"] == "Gehört Medienzentrum Nachbarstadt."
