"""The main menu stays one line wherever it is a line, in both languages, for whoever has the most entries."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.accessibility.eyes import Eyes
from tests.accessibility.look import Look
from tests.browser import chromium

WIDTHS = (992, 1024, 1280, 1440)
LINES = "new Set([...document.querySelectorAll('.navigation > ul > li')].map(it => it.offsetTop)).size"
UNFOLD = "document.querySelector('.navigation > ul').append(...document.querySelectorAll('#seldom > li'))"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_managers_menu_is_one_line(live_server, manager, language):
    with chromium() as browser:
        eyes = Eyes(browser, live_server.url)
        list(eyes.look(Look(manager.email), reverse("home"), by=manager))
        page = eyes.windows[manager.pk]
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])

        assert {width: lines(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 1)
        page.evaluate(UNFOLD)
        page.set_viewport_size({"width": 1024, "height": 900})
        assert page.evaluate(LINES) > 1, "the negative control: with all entries side by side it is not"


def lines(page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(reverse("imports"))
    return page.evaluate(LINES)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_more_opens_with_what_is_needed_seldom(live_server, manager):
    with chromium() as browser:
        eyes = Eyes(browser, live_server.url)
        list(eyes.look(Look(manager.email), reverse("home"), by=manager))
        page = eyes.windows[manager.pk]
        page.set_viewport_size({"width": 1280, "height": 900})
        entry = page.locator("#seldom a").last

        assert not entry.is_visible()
        page.click("[popovertarget=seldom]")
        entry.click()

        page.wait_for_url(f"**{reverse('imports')}")
