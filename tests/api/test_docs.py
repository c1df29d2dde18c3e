"""The browser of the API opens under the site's own policy, shuts nobody out, and fetches nothing from elsewhere."""

import pytest
from playwright.sync_api import expect

from tests.accessibility.eyes import look_over
from tests.browser import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_docs_open_to_everybody_under_the_policy_of_the_site(live_server):
    errors: list[str] = []
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page(reduced_motion="reduce")
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/api/v1/docs/")
        expect(page.get_by_text("/api/v1/reservations/", exact=True).first).to_be_visible(timeout=20_000)
        complaints = list(look_over(page))

    assert complaints == []
    assert errors == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))] == []


def test_a_script_of_somebody_else_would_be_noticed(live_server):
    """The negative control: the policy that the docs open under refuses what is not ours."""
    errors: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{live_server.url}/api/v1/docs/")
        page.evaluate("document.head.append(Object.assign(document.createElement('script'), {textContent: 'void 0'}))")

    assert any("Content Security Policy" in error for error in errors)
