"""A licence is over: the film closes, the school is asked, one click in the mail answers, the list is empty."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from licenses import contracts, tasks
from licenses.decisions import decide
from licenses.models import Contract, Deletion, Entitlement
from licenses.rights import Action
from people.letters import sending, writing
from people.models import Intent
from tests.browser import chromium
from tests.sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

TODAY = timezone.localdate()


@pytest.fixture
def sink(settings, live_server) -> Iterator[Sink]:
    """A mail server; what it gets leads to this server."""
    settings.BASE_URL = live_server.url
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def page(live_server) -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_context(base_url=live_server.url, locale="de-DE").new_page()


@pytest.fixture
def ended(contract, entitled, manager, north) -> Contract:
    """Since yesterday; nobody decided to renew it."""
    entitlement: Entitlement = entitled(permitted=[Action.SHOW, Action.STREAM, Action.DOWNLOAD])
    days = {"starts_on": TODAY - timedelta(days=365), "ends_on": TODAY - timedelta(days=1)}
    contracts.change_period(entitlement.period, **days, cost=entitlement.period.cost, by=manager)
    return contract


def test_from_the_end_to_the_empty_list(ended, film, north, anna, desk, sink, page, client):
    assert decide(anna, north, film, Action.DOWNLOAD).reason == "EXPIRED"
    for _ in range(2):
        tasks.ask_to_delete()
    assert Intent.objects.count() == 1, "the night twice asks once"
    writing.write()
    sending.send()
    (mail,) = sink.mails
    assert (mail["To"], mail["Subject"]) == (north.email, "Bitte Kopien löschen: Der Wasserkreislauf")
    html = mail.get_body(("html",))
    assert html is not None

    page.set_content(html.get_content())
    page.get_by_role("link", name="Gelöscht oder nie gespeichert").click()
    expect(page.get_by_role("main")).to_contain_text("Der Wasserkreislauf")
    assert Deletion.objects.open().exists(), "looking confirms nothing"
    page.get_by_role("button", name="Gelöscht oder nie gespeichert").click()

    expect(page.get_by_role("main")).to_contain_text("für die ganze Einrichtung bestätigt")
    assert not Deletion.objects.open().exists()
    client.force_login(desk)
    assert "Nichts offen" in client.get("/lizenzen/loeschungen/").content.decode()
    tasks.ask_to_delete()
    assert not Intent.objects.current().exists(), "nobody is asked again"
