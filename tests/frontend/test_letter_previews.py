"""What the preview of a text shows is what is sent: the very HTML, the very text."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from people import letters, year_checks
from people.letters import kinds, rewording, writing
from people.letters.mailing import mail_of
from people.letters.wording import our_text
from people.models import Letter
from tests.browser import chromium

pytestmark = pytest.mark.django_db

OWN = 'Wo steckt "{Artikel}"?\n\nWir vermissen {Exemplar} & alles, was <dazu> gehört.'


def shown(page: str) -> tuple[str, str]:
    """The HTML pane and the text pane."""
    html = page.split('srcdoc="', 1)[1].split('"', 1)[0]
    text = page.split('<pre class="mail-text"', 1)[1].split(">", 1)[1].split("</pre>", 1)[0]
    return unescape(html), unescape(text)


def test_the_panes_are_the_mail(client, manager, center):
    """The manager was told last: the preview speaks of that, as if it went to the manager."""
    client.force_login(manager)
    rewording.reword(center, "overdue_1", "de", OWN, by=manager)
    due_at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    letters.intend(
        "overdue_1", manager.memberships.get(), manager, product="Bee-Bot", asset_number="MZ-1", due_at=due_at
    )
    writing.write()
    mail = mail_of(Letter.objects.get())

    html, text = shown(client.get(reverse("wording", args=["overdue_1", "de"])).text)

    assert html == mail.alternatives[0][0]
    assert text == mail.body


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_shown_as_it_is_sent(client, manager, kind):
    """What is tried out goes the way of all letters; only its subject says that it is a test."""
    client.force_login(manager)
    page = client.post(reverse("wording", args=[kind, "en"]), {"text": our_text(kind, "en"), "try_out": 1})
    letter = Letter.objects.get()
    letter.subject = page.context["letter"].subject
    mail = mail_of(letter)

    html, text = shown(page.text)
    assert (html, text) == (mail.alternatives[0][0], mail.body)


def test_no_link_that_acts_for_a_school_is_given_to_whoever_tries_a_text(client, manager, center, north, anna):
    asked = datetime(2026, 8, 31, 7, tzinfo=UTC)
    year_checks.ask(center, ends_on=datetime(2026, 9, 30, tzinfo=UTC).date(), by=manager, now=asked)
    client.force_login(manager)

    page = client.get(reverse("wording", args=["school_year_check", "de"])).text

    assert "Wer arbeitet noch bei Ihnen?" in page
    assert "/kollegium/" not in page


def test_other_pages_let_no_style_in(client, manager):
    client.force_login(manager)

    assert "unsafe-inline" in client.get(reverse("wording", args=["overdue_1", "de"]))["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get(reverse("wordings"))["Content-Security-Policy"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_shows_the_mail_with_its_styles_and_lets_it_run_nothing(live_server, client, manager):
    client.force_login(manager)
    with chromium() as browser:
        context = browser.new_context(base_url=live_server.url)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda it: complaints.append(it.text) if it.type == "error" else None)
        page.goto(reverse("wording", args=["overdue_1", "de"]))
        mail = page.frame_locator(".mail-frame")

        assert mail.locator("body").evaluate("it => getComputedStyle(it).paddingTop") == "24px"
        assert "Guten Tag Martin Meister" in mail.locator("body").inner_text()
        assert not [it for it in complaints if "Content Security Policy" in it]
