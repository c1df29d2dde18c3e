"""Who may act for whom, on the pages: coordinators, the desk, the management, the operator, and oneself."""

import pytest
from django.urls import reverse

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.models import Loan
from people.memberships import ask_to_join, leave
from people.models import Center, Contact, Intent, Membership, User
from people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(north) -> Membership:
    mia = User.objects.create_user("mia@nord.example", name="Mia Meise")
    return ask_to_join(north, by=mia)


@pytest.fixture
def at_foreign_school(foreign_school) -> Membership:
    return ask_to_join(foreign_school, by=User.objects.create_user("eva@x.example", name="Eva Esche"))


@pytest.mark.parametrize("who", ["carla", "desk", "manager"])
def test_coordinator_and_desk_see_who_waits_and_activate_them(client, request, who, waiting, at_foreign_school):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("members_waiting")).content.decode()
    assert "Mia Meise" in page
    assert "Eva Esche" not in page

    answer = client.post(reverse("member_activate", args=[waiting.pk]))

    assert answer.status_code == 303
    waiting.refresh_from_db()
    assert waiting.is_active


@pytest.mark.parametrize("who", ["anna", "bert", "auditor", "foreign_desk"])
def test_nobody_else_activates(client, request, who, waiting):
    client.force_login(request.getfixturevalue(who))

    assert client.post(reverse("member_activate", args=[waiting.pk])).status_code in {403, 404}
    assert client.post(reverse("member_reject", args=[waiting.pk])).status_code in {403, 404}
    waiting.refresh_from_db()
    assert waiting.activated_at is None


def test_a_rejection_is_told(client, carla, waiting):
    client.force_login(carla)

    client.post(reverse("member_reject", args=[waiting.pk]), {"next": reverse("my_school")})

    waiting.refresh_from_db()
    assert waiting.ended_at
    assert Intent.objects.filter(kind="declined").exists()


def test_the_answer_leads_back_where_the_button_was_but_never_out_of_the_house(client, carla, waiting):
    client.force_login(carla)
    away = client.post(reverse("member_activate", args=[waiting.pk]), {"next": "https://elsewhere.example/"})
    back = client.post(reverse("member_activate", args=[waiting.pk]), {"next": reverse("my_school")})

    assert away["Location"] == reverse("members_waiting")
    assert back["Location"] == reverse("my_school")


def test_the_coordinator_decides_on_the_schools_own_page(client, carla, waiting):
    client.force_login(carla)

    page = client.get(reverse("my_school")).content.decode()

    assert reverse("member_activate", args=[waiting.pk]) in page


def test_the_coordinator_invites_a_colleague(client, carla, north):
    client.force_login(carla)
    form = {"name": "Max Meier", "email": "max@nord.example", "role": "teacher"}

    assert client.get(reverse("member_invite", args=[north.pk])).status_code == 200
    assert client.post(reverse("member_invite", args=[north.pk]), form).status_code == 303
    assert client.post(reverse("member_invite", args=[north.pk]), form).status_code == 409

    assert User.objects.get(email="max@nord.example").memberships.get().institution == north


def test_no_coordinator_gives_a_role_of_the_centre(client, carla, north):
    client.force_login(carla)
    form = {"name": "Max Meier", "email": "max@nord.example", "role": "manager"}

    assert client.post(reverse("member_invite", args=[north.pk]), form).status_code == 422
    assert not User.objects.filter(email="max@nord.example").exists()


def test_who_leaves_hands_over_to_a_colleague(client, anna, carla, desk, north, case):
    hand_over_together(north, items=[Item.objects.get(product=case)], by=desk, responsible=anna)
    client.force_login(carla)
    address = reverse("member_leave", args=[anna.memberships.get().pk])
    assert "Bee-Bot Set" in client.get(address).content.decode()

    client.post(address, {"successor": f"user:{carla.pk}"})

    assert Loan.objects.get().responsible == carla
    assert not User.objects.get(pk=anna.pk).is_active


def test_the_page_warns_when_the_only_coordinator_leaves(client, carla, desk):
    client.force_login(desk)

    page = client.get(reverse("member_leave", args=[carla.memberships.get().pk])).content.decode()

    assert "keine Koordination mehr" in page


def test_nobody_hands_over_to_a_stranger(client, anna, carla, foreign_school):
    stranger = Contact.objects.create(center=foreign_school.center, institution=foreign_school, name="Fremd")
    client.force_login(carla)

    answer = client.post(
        reverse("member_leave", args=[anna.memberships.get().pk]), {"successor": f"contact:{stranger.pk}"}
    )

    assert answer.status_code == 422
    assert User.objects.get(pk=anna.pk).is_active


def test_the_desk_does_not_let_go_of_the_management(client, desk, manager):
    client.force_login(desk)

    assert client.post(reverse("member_leave", args=[manager.memberships.get().pk])).status_code == 403


def test_the_management_keeps_its_team(client, manager, desk, center):
    client.force_login(manager)
    assert "Doris Desk" in client.get(reverse("team")).content.decode()

    form = {"name": "Rolf Neu", "email": "rolf@mz.example", "role": "desk"}
    assert client.post(reverse("team_invite"), form).status_code == 303
    assert client.post(reverse("member_leave", args=[desk.memberships.get().pk])).status_code == 303
    refused = client.post(reverse("member_leave", args=[manager.memberships.get().pk]))

    assert refused.status_code == 409
    assert "keine Leitung mehr" in refused.content.decode()
    staff = Membership.objects.active().filter(center=center, institution=None)
    assert {membership.user.name for membership in staff} == {"Martin Meister", "Rolf Neu"}


@pytest.mark.parametrize("name", ["team", "team_invite", "center_new"])
def test_the_team_and_the_centres_are_not_everybodys(client, desk, name):
    client.force_login(desk)

    assert client.get(reverse(name)).status_code == 403


def test_the_operator_founds_a_centre_and_invites_its_management(client, operator):
    client.force_login(operator)
    answer = client.post(reverse("center_new"), {"name": "Medienzentrum Neu", "slug": "neu"})
    center = Center.objects.get(slug="neu")
    assert answer["Location"] == reverse("center_managers", args=[center.pk])

    client.post(answer["Location"], {"name": "Lea Leitung", "email": "lea@neu.example"})

    manager = User.objects.get(email="lea@neu.example")
    assert manager.memberships.get().role == Role.MANAGER
    assert "Lea Leitung" in client.get(answer["Location"]).content.decode()
    assert client.post(reverse("center_new"), {"name": "Noch einmal", "slug": "neu"}).status_code == 422


def test_a_manager_sees_no_page_of_the_operator(client, manager, center):
    client.force_login(manager)

    assert client.post(reverse("center_managers", args=[center.pk]), {}).status_code == 403


def test_somebody_asks_to_act_for_a_further_school(client, anna, south):
    client.force_login(anna)

    assert client.post(reverse("join"), {"school": "100002"}).status_code == 303
    assert anna.memberships.waiting().get().institution == south
    assert client.post(reverse("join"), {"school": "100002"}).status_code == 409


def test_who_belongs_nowhere_is_led_to_choose(client, anna, carla, db):
    leave(anna.memberships.get(), by=carla)
    lost = User.objects.create_user("lost@x.example", name="Lou Lost")
    client.force_login(lost)

    assert reverse("join") in client.get(reverse("home")).content.decode()
