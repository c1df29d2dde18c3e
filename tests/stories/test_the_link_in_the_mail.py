"""What a mail that really arrived can do: its links are clicked in a browser in which nobody has signed in."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from inventory.models import Item
from lending import desk_day
from lending.handovers import hand_over_together
from lending.models import Loan
from lending.reminders import remind_now, switch_on
from people.letters import sending, writing
from people.models import Center, JournalEntry
from tests.browser import chromium
from tests.lending.shorthand import at
from tests.sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


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
def late(center, manager, case, north, anna, desk) -> Loan:
    """Anna's, since yesterday; the desk wants her reminded today."""
    now = timezone.now()
    switch_on(center, by=manager, now=now - timedelta(days=30))
    since = {"due_at": now - timedelta(days=1), "now": now - timedelta(days=7)}
    slip = hand_over_together(north, items=list(Item.objects.filter(product=case)), by=desk, responsible=anna, **since)
    loan = slip.loans.get()
    remind_now(Loan.objects.get(pk=loan.pk), by=desk)
    return loan


def delivered(sink: Sink) -> EmailMessage:
    """The last mail that arrived."""
    writing.write()
    sending.send()
    return sink.mails[-1]


def open_mail(page: Page, mail: EmailMessage) -> None:
    """As a mail program shows it."""
    html = mail.get_body(("html",))
    assert html is not None
    page.set_content(html.get_content())


def test_i_bring_it_on_that_day(late, sink, page, anna):
    mail = delivered(sink)
    assert mail["To"] == anna.email
    open_mail(page, mail)

    page.get_by_role("link", name="Ich bringe es am").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wann kommt es zurück?")
    assert Loan.objects.get().expected_back_at is None, "looking promises nothing"
    page.locator('button[name="on"]').first.click()

    expect(page.get_by_role("main")).to_contain_text("Danke. Wir erwarten es am")
    promised = Loan.objects.get().expected_back_at
    assert promised is not None
    assert promised > timezone.now()
    entry = JournalEntry.objects.get(verb="loan.promised_back")
    assert (entry.by, entry.facts["channel"]) == (None, "link")


def test_i_have_brought_it_back_already(late, sink, page):
    open_mail(page, delivered(sink))

    page.get_by_role("link", name="Ich habe es schon zurückgegeben").click()
    page.get_by_role("button", name="Schon zurückgegeben").click()

    expect(page.get_by_role("main")).to_contain_text("Danke. Wir suchen danach")
    assert list(Loan.objects.searched()) == [late]


def test_a_link_that_somebody_has_changed_opens_nothing(late, sink, page):
    """The negative control: it is the signature that lets in, not the address."""
    open_mail(page, delivered(sink))
    address = page.get_by_role("link", name="Ich bringe es am").get_attribute("href")
    assert address is not None

    page.goto(address.replace("/antwort/", "/antwort/9"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Hier ist nichts mehr zu beantworten")


def test_the_list_of_the_day_is_ended_by_its_last_line(center, sink, page):
    Center.objects.update(email="theke@mz.example", desk_day_hour=6)
    assert desk_day.tell_desk(Center.objects.get(pk=center.pk), now=at(8, 7))
    mail = delivered(sink)
    open_mail(page, mail)
    link = page.get_by_role("link", name="Nicht mehr benachrichtigen")
    assert mail["List-Unsubscribe"].strip() == f"<{link.get_attribute('href')}>"

    link.click()
    expect(page.get_by_role("main")).to_contain_text("Tagesliste für die Theke")
    assert Center.objects.get(pk=center.pk).desk_day_hour == 6, "looking ends nothing"
    page.get_by_role("button", name="Nicht mehr benachrichtigen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Erledigt")
    assert Center.objects.get(pk=center.pk).desk_day_hour is None
