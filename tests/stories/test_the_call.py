"""S2: a school phones, and in one minute its set is booked. Only the keyboard, nothing is loaded again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from inventory.models import Product
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import BookingChannel, Reservation
from people import institutions
from tests.browser import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

KEYS_AND_FIELDS = 12


def test_a_call_is_booked_with_the_keyboard_alone(live_server, center, north, south, desk, case):
    Product.objects.update(serves=30)
    institutions.note(north, note="Lieferung nur bis 9 Uhr", by=desk)
    start = add_open_days(timezone.localdate(), 3, calendar_of(center))
    when = f"{start:%d.%m.}-{start + timedelta(days=7):%d.%m.%Y}"

    with chromium() as browser:
        page = browser.new_page(locale="de-DE")
        sign_in(page, live_server.url, desk.email)
        page.goto(f"{live_server.url}/anruf/")
        loads: list[str] = []
        page.on("load", lambda _: loads.append(page.url))

        used = say(page, "nord", "Lieferung nur bis 9 Uhr")
        used += say(page, "bee 25 kinder", "1 × Bee-Bot Set")
        used += say(page, when, "1 von 1 frei")
        used += say(page, "Frau Meier, Tel. 0214 77 88", "Alles klar", then="Enter")

        expect(page.locator("#notices")).to_contain_text("Gebucht: R-")
        assert used <= KEYS_AND_FIELDS
        assert not loads
        expect(page.locator("#who")).to_be_focused()

        say(page, "süd", "Gymnasium Süd")
        say(page, "bee", "Bee-Bot")
        say(page, when, "nicht frei")
        say(page, "Herr Demir", "Alles klar", then="Enter")
        expect(page.get_by_role("alert")).to_contain_text("nicht frei")
        expect(page.get_by_role("button", name="Ab ")).to_be_visible()

    reservation = Reservation.objects.get(institution=north)
    assert (reservation.institution, reservation.channel, reservation.booked_by) == (north, BookingChannel.PHONE, desk)
    assert reservation.contact.name == "Frau Meier"


def test_what_is_typed_while_an_answer_is_on_its_way_stays(live_server, center, north, desk, case, cases):
    with chromium() as browser:
        page = browser.new_page(locale="de-DE")
        sign_in(page, live_server.url, desk.email)
        page.goto(f"{live_server.url}/anruf/")
        say(page, "nord", "Grundschule Nord")
        say(page, "bee", "1 × Bee-Bot Set")

        def typing(route: Route) -> None:
            """The server takes its time; the desk does not wait."""
            answer = route.fetch()
            page.locator("#contact").fill("Frau Meier")
            page.locator("#what").fill("bee2 x calli")
            route.fulfill(response=answer)

        page.route("**/anruf/", typing, times=1)
        page.locator("#take").click()

        expect(page.get_by_role("spinbutton", name="Bee-Bot Set")).to_have_value("1")
        expect(page.locator("#contact")).to_have_value("Frau Meier")
        expect(page.locator("#what")).to_have_value("2 x calli")


def test_enter_goes_on_from_field_to_field_and_takes_several_things(
    live_server, center, north, south, desk, case, cases
):
    start = add_open_days(timezone.localdate(), 3, calendar_of(center))

    with chromium() as browser:
        page = browser.new_page(locale="de-DE")
        sign_in(page, live_server.url, desk.email)
        page.goto(f"{live_server.url}/anruf/")

        say(page, "100001", "Grundschule Nord", then="Enter")
        say(page, "bee", "1 × Bee-Bot Set", then="Enter")
        expect(page.get_by_role("spinbutton", name="Bee-Bot Set")).to_have_value("1")
        say(page, "2 x calli", "2 × Calliope", then="Enter")
        expect(page.get_by_role("spinbutton", name="Calliope")).to_have_value("2")
        expect(page.locator("#what")).to_be_focused()
        page.keyboard.press("Enter")
        say(page, f"{start:%d.%m.}-{start + timedelta(days=7):%d.%m.%Y}", "5 frei", then="Enter")
        say(page, "Frau Meier", "Alles klar", then="Enter")
        expect(page.locator("#notices")).to_contain_text("Gebucht: R-")

    lines = {line.product: line.quantity for line in Reservation.objects.get().lines.all()}
    assert lines == {case: 1, cases: 2}


def say(page: Page, words: str, answer: str, *, then: str = "Tab") -> int:
    """One field and one key; what was understood appears beside it before we go on."""
    page.keyboard.type(words)
    expect(page.locator(".call__understood")).to_contain_text(answer)
    page.keyboard.press(then)
    return 2


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/konto/login/")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort", exact=True).fill("geheim-genug")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_load_state()
