"""Nobody is shut out: axe-core finds nothing on any page, light or dark, and nothing scrolls sideways."""

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Route

from frontend.errors import broken
from office import demo
from tests.accessibility import examples, house
from tests.accessibility.eyes import Eyes, look_over
from tests.accessibility.look import Look
from tests.accessibility.pages import AREAS, NO_PAGES
from tests.authorization.policy import POLICY
from tests.authorization.routes import routes
from tests.browser import chromium

OURS = """<!doctype html><html lang="de"><title>Theke</title><main><h1>Theke</h1><p>{}</p></main></html>"""
ONLY = "<style>@media {} {{ p {{ color: #bbb }} }}</style>nur dort nicht zu lesen"
BARRIERS = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "label": "<input>",
    "color-contrast": '<span style="color: #bbb; background: #fff">kaum zu lesen</span>',
    "[1280 light] color-contrast": ONLY.format("(min-width: 400px) and (prefers-color-scheme: light)"),
    "[1280 dark] color-contrast": ONLY.format("(min-width: 400px) and (prefers-color-scheme: dark)"),
    "[320 light] color-contrast": ONLY.format("(max-width: 400px) and (prefers-color-scheme: light)"),
    "[320 dark] color-contrast": ONLY.format("(max-width: 400px) and (prefers-color-scheme: dark)"),
    "[320 light] button-name": "<style>@media (min-width: 400px) { button { display: none } }</style><button></button>",
    "scrolls sideways by": '<span style="display: block; width: 60rem">zu breit</span>',
}
FOR_PROGRAMS = ("api", "health/", "metrics", "r51_")
LOOKS = [(name, look) for area in AREAS for name, looks in area.items() for look in looks.all]
LISTED = {look.leads_to or name for name, look in LOOKS if not name.startswith("/")} | NO_PAGES.keys()


@pytest.fixture
def furnished(settings, tmp_path) -> None:
    """The demo's house, with something on every page, and a house where nothing is there yet."""
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path / "media"
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    demo.set_up()
    house.enliven()
    house.begin()
    mail.send_mail("Noch nicht zurück: Bee-Bot Set", "Guten Tag,\n\nvielen Dank.", None, ["lehrkraft@demo.example"])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_open_to_everybody(live_server, furnished):
    with chromium() as browser:
        eyes = Eyes(browser, live_server.url)
        complaints = [
            f"{name}, {look.by or 'nobody'}: {complaint}"
            for name, look in LOOKS
            for complaint in eyes.look(look, look.address(name), by=examples.who(look.by) if look.by else None)
        ]

    assert not complaints, "\n".join(complaints)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_that_tells_of_a_fault_is_open_to_everybody(live_server, rf):
    told = broken(rf.get("/kaputt/"))
    with chromium() as browser:
        page = browser.new_page(base_url=live_server.url, reduced_motion="reduce")
        page.route("**/kaputt/", lambda it: it.fulfill(status=500, content_type="text/html", body=told.content))
        page.goto("/kaputt/")

        assert not list(look_over(page))


@pytest.mark.browser
def test_a_barrier_is_seen():
    with chromium() as browser:
        page = browser.new_page()
        for barrier, html in BARRIERS.items():
            page.set_content(OURS.format(html))
            assert any(barrier in complaint for complaint in look_over(page)), barrier
        page.set_content(OURS.format("Etikett scannen"))
        assert not list(look_over(page))


@pytest.mark.browser
def test_a_barrier_is_seen_on_the_walk():
    """On a page that comes from a server, and on the one that a form sent from there leads to."""
    page = OURS.format('<form method="post"><input aria-label="Name" name="name"></form><img src="data:,">')
    with chromium() as browser:
        eyes = Eyes(browser, "http://haus.example")
        asked: list[str] = []

        def answer(route: Route) -> None:
            asked.append(route.request.method)
            route.fulfill(content_type="text/html", body=page)

        eyes._window(None).route("**/theke/", answer)
        for look in (Look(""), Look("", sent={"name": ""}, shows="form")):
            seen = [*eyes.look(look, "/theke/", by=None)]
            assert sum("image-alt" in complaint for complaint in seen) == 2, seen
            assert len(seen) == 2, seen

    assert asked == ["GET", "POST"], "the form is sent from the page that was looked at"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_not_the_one_asked_for_is_seen(live_server, center, anna):
    look = Look(anna.email, sent={"name": anna.name})
    with chromium() as browser:
        eyes = Eyes(browser, live_server.url)

        assert any("leads on to" in it for it in eyes.look(Look(""), "/heute/", by=None))
        assert any("answers 404" in it for it in eyes.look(Look(""), "/gibt/es/nicht/", by=None))
        assert any("without a word" in it for it in eyes.look(look, reverse("my_account"), by=anna))


def test_every_page_is_looked_at():
    assert not (unseen := addresses() - LISTED), (
        f"Nobody has looked at {sorted(unseen)}: give each a line in tests/accessibility/pages.py."
    )
    assert not (gone := LISTED - addresses()), f"tests/accessibility/pages.py lists what is not there: {sorted(gone)}"


def test_an_address_is_a_page_if_it_can_be_opened():
    """The negative control: what nobody lists would be missed, and what only takes forms would not."""
    assert {"loan", "mfa_index", "api:docs"} <= addresses()
    assert addresses().isdisjoint({"loan_undo", "appearance", "api:schema", "health/live"})


def addresses() -> set[str]:
    """What a browser can open: the table of authorization knows ours, and allauth's are pages."""
    answering = {key.removeprefix("GET ") for key in POLICY if key.startswith("GET ")}
    named = {name: route for name, route in routes().items() if name != route.pattern}
    found = {name for name, route in named.items() if not route.is_ours or name in answering}
    return {name for name in found if name == "api:docs" or not name.startswith(FOR_PROGRAMS)}
