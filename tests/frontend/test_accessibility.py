"""Every page of the school side, the desk's calls and the law, looked at by axe: light and dark, phone and desk."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from inventory.models import Part
from lending import handovers
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.reservations import Wish, place
from people import centers, contacts, institutions
from people.accounts import open_account
from people.memberships import ask_to_join
from tests.browser import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = "Städtisches Donaudampfschifffahrtsgesellschaftskapitänsgymnasium für Jungen und Mädchen der Sekundarstufe II"


@pytest.fixture
def browser(settings, tmp_path) -> Iterator[Browser]:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", "--noinput", verbosity=0)
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    with chromium() as browser:
        yield browser


@pytest.fixture
def addresses(center, north, south, anna, bert, desk, manager, case, cases) -> dict[str, list[str]]:
    """A little of everything, with names as long as they come; and who looks at which page."""
    institutions.edit(north, by=manager, name=LONG, note="Lieferung nur bis 9 Uhr")
    contact = contacts.add(north, by=desk, name="Frau Meier", phone="0214 77 88", channel="phone")
    Part.objects.create(center=center, product=case, name="Dockingstation", quantity=2)
    start = add_open_days(timezone.localdate(), 3, calendar_of(center))
    moments = [timezone.make_aware(datetime.combine(start + timedelta(days=n), time(10))) for n in (0, 7)]
    period = {"starts_at": moments[0], "ends_at": moments[1]}
    reservation = place(north, wishes=[Wish(cases, 2)], by=anna, responsible=anna, purpose="Projektwoche", **period)
    place(south, wishes=[Wish(case, 1)], by=bert, responsible=bert, **period)
    handover = handovers.open_handover(north, by=desk, responsible=anna)
    handovers.hand_over(handover, cases.items.last(), by=desk)
    ask_to_join(north, by=open_account("mia@nord.example", name=f"Mia {LONG}"))
    founder = centers.name_operator(open_account("o@x.example", name="Otto", password="geheim-genug"), by=None)
    days = f"?starts_on={start}&ends_on={start + timedelta(days=7)}"
    return {
        "": [
            reverse(name) for name in ("home", "account_login", "account_signup", "accessibility", "privacy", "imprint")
        ],
        anna.email: [
            reverse("home"),
            reverse("catalogue") + days,
            reverse("product", args=[case.pk]) + days,
            f"{reverse('reserve')}{days}&item={cases.pk}x9&item={case.pk}x1",
            reverse("my_reservations"),
            reverse("reservation", args=[reservation.pk]),
            reverse("my_school"),
            *(reverse(name) for name in ("my_account", "close_account", "join")),
            "/gibt/es/nicht/",
        ],
        manager.email: [
            reverse("home"),
            reverse("reservations"),
            reverse("reservation", args=[reservation.pk]),
            reverse("institutions"),
            reverse("institution", args=[north.pk]),
            reverse("institution_new"),
            reverse("contact", args=[contact.pk]),
            *(reverse(name) for name in ("members_waiting", "team", "team_invite")),
            reverse("member_invite", args=[north.pk]),
            reverse("member_leave", args=[anna.memberships.get().pk]),
            f"{reverse('call')}{days}&item={cases.pk}x1&institution={north.pk}",
        ],
        founder.email: [reverse("home"), reverse("center_new"), reverse("center_managers", args=[center.pk])],
    }


def test_no_page_shuts_anybody_out(live_server, browser, addresses):
    problems = []
    for email, paths in addresses.items():
        page = browser.new_page(locale="de-DE")
        if email:
            sign_in(page, live_server.url, email)
        for path in paths:
            page.goto(live_server.url + path)
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                problems += [f"{path} {width}: scrolls sideways" for _ in range(overflow(page))]
                for light in ("light", "dark"):
                    page.emulate_media(color_scheme=light, reduced_motion="reduce")
                    problems += [f"{path} {width} {light}: {found}" for found in violations(page)]
        page.close()

    assert not problems, "\n".join(problems)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]


def overflow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}{reverse('account_login')}")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort", exact=True).fill("geheim-genug")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_load_state()
