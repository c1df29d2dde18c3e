"""Nobody is shut out: axe-core finds nothing on any page, light or dark, and nothing scrolls sideways."""

import pytest
from django.core import mail
from django.test import RequestFactory
from django.urls import URLPattern

from office import demo
from people.models import User
from tests.browser import chromium
from tests.eyes import Eyes, look_over
from tests.stories import examples
from tests.stories.looked_at import NO_PAGES, PAGES, routes

OURS = """<!doctype html><html lang="de"><title>Theke</title><main><h1>Theke</h1><p>{}</p></main></html>"""
BARRIERS = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "label": "<input>",
    "color-contrast": '<span style="color: #bbb; background: #fff">kaum zu lesen</span>',
    "scrolls sideways by": '<span style="display: block; width: 60rem">zu breit</span>',
}


@pytest.fixture
def house(settings, tmp_path) -> None:
    """The demo's house, with something on every page."""
    settings.DEMO = True
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    demo.set_up()
    examples.enliven()
    mail.send_mail("Noch nicht zurück: Bee-Bot Set", "Guten Tag,\n\nvielen Dank.", None, ["lehrkraft@demo.example"])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_open_to_everybody(live_server, house):
    with chromium() as browser:
        eyes = Eyes(browser, live_server.url)
        complaints = [
            f"{name}, {look.by or 'nobody'}: {complaint}"
            for name, looks in PAGES.items()
            for look in looks
            for complaint in eyes.look(look.address(name), by=examples.who(look.by) if look.by else None)
        ]

    assert not complaints, "\n".join(complaints)


@pytest.mark.browser
def test_a_barrier_is_seen():
    with chromium() as browser:
        page = browser.new_page()
        for barrier, html in BARRIERS.items():
            page.set_content(OURS.format(html))
            assert any(barrier in complaint for complaint in look_over(page)), barrier
        page.set_content(OURS.format("Etikett scannen"))
        assert not list(look_over(page))


def test_every_page_is_listed(rf):
    listed = PAGES.keys() | NO_PAGES.keys()

    unlisted = [name for name, route in routes().items() if name not in listed and is_page(route, rf)]
    assert not unlisted, f"Nobody has looked at {unlisted}: give each a line in tests/stories/looked_at.py."
    assert not (gone := listed - routes().keys()), f"tests/stories/looked_at.py lists what is not there: {gone}"


def test_an_address_that_only_takes_forms_is_no_page(rf):
    assert not is_page(routes()["loan_undo"], rf)
    assert is_page(routes()["loan"], rf)


def is_page(route: URLPattern, rf: RequestFactory) -> bool:
    """Whether an address answers GET at all: those for forms refuse it before they look at anything."""
    request = rf.get("/")
    request.user = User(pk=1)
    try:
        return route.callback(request).status_code != 405
    except Exception:  # it went past the refusal, without what a page needs
        return True
