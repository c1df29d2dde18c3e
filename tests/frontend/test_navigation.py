"""The main menu leads everybody only to pages that are there and that open for them."""

import pytest
from django.urls import NoReverseMatch, reverse

from frontend import navigation
from frontend.navigation import MENU, entries_for
from people.models import Membership

pytestmark = pytest.mark.django_db

WHO = ("anna", "carla", "newcomer", "desk", "manager", "auditor")


@pytest.mark.parametrize("who", WHO)
def test_every_entry_opens_for_whom_it_is_offered_to(client, request, rf, who):
    user = request.getfixturevalue(who)
    client.force_login(user)

    entries = entries_for(asked_by(rf, user))

    assert entries
    assert [(str(entry.label), client.get(entry.address, follow=True).status_code) for entry in entries] == [
        (str(entry.label), 200) for entry in entries
    ]


@pytest.mark.parametrize("who", WHO)
def test_the_menu_stands_on_the_page(client, request, rf, who):
    user = request.getfixturevalue(who)
    client.force_login(user)

    page = client.get(reverse("home"), follow=True).text

    assert [entry.address for entry in entries_for(asked_by(rf, user)) if f'href="{entry.address}"' not in page] == []


def test_between_them_they_see_the_whole_menu(request, rf):
    seen = {entry.address for who in WHO for entry in entries_for(asked_by(rf, request.getfixturevalue(who)))}

    assert seen == {reverse(name) for _, name, _, _ in MENU}


def test_what_is_needed_seldom_stands_last_and_below_more(client, rf, manager, desk):
    client.force_login(manager)
    entries = entries_for(asked_by(rf, manager))
    seldom = [entry.address for entry in entries if entry.is_seldom]

    assert seldom == [entry.address for entry in entries][-2:] == [reverse("policies"), reverse("imports")]
    below = client.get(reverse("imports")).text.partition('id="seldom"')[2].partition("</ul>")[0]
    assert [address for address in seldom if f'href="{address}"' in below] == seldom
    assert f'href="{reverse("imports")}" aria-current="page"' in below

    client.force_login(desk)
    assert 'id="seldom"' not in client.get(reverse("today")).text


def test_who_belongs_nowhere_has_no_menu(rf, anna, operator):
    Membership.objects.filter(user=anna).update(ended_at="2026-01-01T00:00Z")

    assert entries_for(asked_by(rf, anna)) == []
    assert entries_for(asked_by(rf, operator)) == []


def test_an_entry_without_a_page_is_noticed(rf, anna, monkeypatch):
    label, _, verb, roles = MENU[3]
    monkeypatch.setattr(navigation, "MENU", ((label, "a_page_nobody_built", verb, roles),))

    with pytest.raises(NoReverseMatch):
        entries_for(asked_by(rf, anna))


def asked_by(rf, user):
    request = rf.get("/")
    request.user = user
    return request
