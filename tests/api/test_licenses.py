"""Programs ask what may be used, read contracts, and give seats."""

import pytest
from django.utils import timezone

from licenses import own_files, packages, seats
from licenses.models import Medium, Seat

pytestmark = pytest.mark.django_db


def use(client, medium, **asked):
    return client.post(f"/api/v1/media/{medium.pk}/use/", {"action": "stream", **asked}, format="json")


def test_a_teacher_is_told_the_way(program, anna, film, entitled):
    entitlement = entitled()

    answer = use(program(anna), film)

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "is_allowed": True, "reason": "", "detail": "", "entitlement": entitlement.pk, "until": "2028-07-31",
            "address": "https://filme.example/wasser",
        },
    )  # fmt: skip


def test_a_file_of_the_centres_own_has_a_link_of_ours(program, client, anna, town, manager, film, entitled):
    own_files.give_out(town.center, by=manager)
    Medium.objects.update(link="", file="media/gibt-es-nicht.mp4")
    entitled()

    address = use(program(anna), film).json()["address"]

    assert address.startswith("http://testserver/datei/")
    assert client.get(address).status_code == 404, "the link is good, and only the file is missing"
    own_files.keep_back(town.center, by=manager)
    assert use(program(anna), film).json()["address"] == ""


def test_a_refusal_has_a_code_a_sentence_and_no_address(program, anna, film, entitled):
    entitled(permitted=["show"])

    answer = use(program(anna), film).json()

    assert (answer["is_allowed"], answer["reason"], answer["address"]) == (False, "ACTION_NOT_LICENSED", "")
    assert answer["detail"] == "Zeigen im Unterricht: ja. Online ansehen: nein."


def test_staff_say_for_whom(program, desk, north, foreign_school, film, entitled):
    entitled()
    client = program(desk)

    assert use(client, film).json()["errors"][0]["attr"] == "institution"
    assert use(client, film, institution=north.pk).json()["is_allowed"] is True
    assert use(client, film, institution=foreign_school.pk).status_code == 400
    assert use(client, film, action="vorführen").status_code == 400


def test_the_last_lease_is_taken_once(program, anna, carla, film, entitled):
    entitled(capacity_kind="concurrent", capacity=1, permitted=["stream"])

    assert use(program(anna), film).json()["is_allowed"] is True
    answer = use(program(carla), film).json()

    assert (answer["is_allowed"], answer["reason"]) == (False, "LIMIT_EXCEEDED")
    assert answer["detail"].startswith("Der einzige Platz ist belegt. Der nächste wird")
    assert use(program(anna), film).json()["is_allowed"] is True
    assert Seat.objects.count() == 1


def test_contracts_are_read_with_their_periods(program, manager, anna, contract, period):
    (row,) = program(manager).get("/api/v1/contracts/").json()["results"]

    assert (row["number"], row["provider_name"]) == ("2023-07", "Lehrfilm")
    assert [its["ends_on"] for its in row["periods"]] == ["2028-07-31"]
    assert program(anna).get("/api/v1/contracts/").json()["results"] == []


def test_seats_are_given_and_freed(program, manager, desk, anna, north, film, entitled):
    entitlement = entitled(capacity_kind="named", capacity=1)
    address = f"/api/v1/entitlements/{entitlement.pk}/"
    client = program(manager)

    given = client.post(f"{address}seats/", {"email": "Anna@nord.example"}, format="json")
    assert (given.status_code, given.json()["slot"], given.json()["person"]) == (201, 1, "Anna Amsel")
    assert [seat["person"] for seat in client.get(f"{address}seats/").json()] == ["Anna Amsel"]
    taken = client.post(f"{address}seats/", {"institution": north.pk}, format="json")
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (400, "not_counted_like_this")
    for nonsense in ({}, {"email": "a@b.example", "code": "X"}, {"email": "wer@x.example"}):
        assert client.post(f"{address}seats/", nonsense, format="json").status_code == 400
    assert program(desk).post(f"{address}seats/", {"email": anna.email}, format="json").status_code == 403

    freed = client.post(f"{address}release/", {"seat": given.json()["id"]}, format="json")
    assert freed.status_code == 200
    assert not Seat.objects.held().exists()


def test_a_closed_school_gets_no_seat(program, manager, north, entitled):
    entitlement = entitled(capacity_kind="schools", capacity=1)
    north.closed_on = timezone.localdate()
    north.save()

    answer = program(manager).post(
        f"/api/v1/entitlements/{entitlement.pk}/seats/", {"institution": north.pk}, format="json"
    )

    assert answer.status_code == 400
    assert not Seat.objects.exists()


def test_a_seat_of_another_entitlement_is_not_freed_here(program, manager, anna, entitled):
    one, other = (entitled(capacity_kind="named", capacity=1) for _ in range(2))
    seat = seats.assign(other, to=anna, by=manager)

    answer = program(manager).post(f"/api/v1/entitlements/{one.pk}/release/", {"seat": seat.pk}, format="json")

    assert answer.status_code == 400
    assert Seat.objects.held().count() == 1


def test_a_package_is_read_and_its_titles_come_and_go(program, manager, anna, provider, film):
    package = packages.add(provider.center, provider=provider, name="Naturfilme", by=manager)
    client, address = program(manager), f"/api/v1/packages/{package.pk}/"

    came = client.post(f"{address}titles/", {"medium": film.pk, "starts_on": "2026-01-01"}, format="json")
    again = client.post(f"{address}titles/", {"medium": film.pk, "starts_on": "2026-03-01"}, format="json")

    assert (came.status_code, again.status_code) == (201, 409)
    assert again.json()["errors"][0]["code"] == "title_is_in_package_already"
    assert client.get(address).json()["provider_name"] == "Lehrfilm"
    assert client.post(f"{address}take-out/", {"medium": film.pk, "on": "2026-07-01"}, format="json").status_code == 200
    (row,) = client.get(f"{address}titles/").json()["results"]
    assert (row["number"], row["starts_on"], row["ends_on"]) == ("5500001", "2026-01-01", "2026-06-30")
    assert program(anna).get("/api/v1/packages/").json()["results"] == []
