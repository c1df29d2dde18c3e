"""Every kind of letter in every language, with long names, looked at as the mail that a server gets (aiosmtpd)."""

import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest
from django.conf import settings
from django.template.loader import render_to_string

from people.letters import blocks, sending
from people.letters.addressing import Recipient
from people.letters.kinds import KINDS
from people.letters.writing import compose
from people.models import Intent, Letter
from tests.people.test_letters_wording import facts_of
from tests.sink import Sink

pytestmark = pytest.mark.django_db

LANGUAGES = ["de", "en"]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützen-Bastelkoffer für die Sekundarstufe I und II (mit Zubehör)"
ENDLESS = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesvorlesungsmitschrift"
WIDEST = 78
REMOTE = re.compile(r"url\(|@import|src=|background=|<(img|link|script|iframe|object|embed|form|style|base|video)\b")
#: Colours of our own would have to come in pairs, light and dark.
COLOURS = re.compile(r"(?<!-)\b(color|background(-color)?)\s*:")


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def long_names(center, north, anna) -> None:
    center.name, center.email = f"Medienzentrum der Kreisstadt {LONG}"[:120], "ausleihe@mz.example"
    north.name = north.short_name = ENDLESS + " " + LONG[:30]
    anna.name = "Freifrau Anna-Katharina von und zu Hohenstein-Wolkenstein-Trostburg"
    for row in (center, north, anna):
        row.save()


def lengthened(facts: Any) -> Any:
    if isinstance(facts, dict):
        names = {key: LONG if key in {"product", "name"} else lengthened(value) for key, value in facts.items()}
        return names | ({"reason": f"{ENDLESS} {LONG}"} if "reason" in facts else {})
    return [lengthened(it) for it in facts] if isinstance(facts, list) else facts


def letter_of(kind: str, language: str, anna, north) -> Letter:
    facts = lengthened(facts_of(kind))
    told = [
        Intent(pk=pk, subject_id=pk, center=north.center, user=anna, institution=north, kind=kind, facts=facts,
               recipient=Recipient(anna, None, north).key)
        for pk in (1, 2)
    ]  # fmt: skip
    now = parsedate_to_datetime("Tue, 24 Nov 2026 07:00:00 +0000")
    letter = compose(told, bundle=KINDS[kind].bundle, day=None, now=now, language=language)
    letter.save()
    return letter


def troubles(mail: EmailMessage) -> list[str]:
    """What a reader, or a mail program, would stumble over."""
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return [*troubles_of_text(str(mail["Subject"]).lstrip(), text), *troubles_of_html(html), *differences(text, html)]


def troubles_of_text(subject: str, text: str) -> list[str]:
    found = [f"wide: {line}" for line in text.splitlines() if len(line) > WIDEST and not is_bare_link(line)]
    if not 5 <= len(subject) <= WIDEST or subject != subject.strip():
        found.append(f"subject: {subject}")
    if "\n\n\n" in text or not text.strip():
        found.append("an empty paragraph")
    return found + [f"left over: {it}" for it in re.findall(r"[{}\[\]]|%\(|\bNone\b|\bTrue\b", f"{subject} {text}")]


def is_bare_link(line: str) -> bool:
    return line.startswith(("http://", "https://")) and " " not in line


def troubles_of_html(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(html)
    title = tree.findtext(".//title") or ""
    found = [] if tree.get("lang") in LANGUAGES and title.strip() else ["no language, or no title"]
    found += [f"remote or active: {it[0]}" for it in REMOTE.finditer(html)]
    found += [f"a colour of its own: {it[0]}" for it in COLOURS.finditer(html)]
    if "color-scheme: light dark" not in (tree.get("style") or ""):
        found.append("not for the dark")
    found += [
        f"empty: {it.tag}"
        for it in tree.iter()
        if it.tag in {"p", "li", "h2", "a"} and not "".join(it.itertext()).strip()
    ]
    for element in tree.iter():
        found += [f"not inline: {name}" for name in element.attrib if name in {"class", "id"} or name.startswith("on")]
    own = urlsplit(settings.BASE_URL).netloc
    return found + [f"leads away: {a.get('href')}" for a in tree.iter("a") if urlsplit(a.get("href")).netloc != own]


def differences(text: str, html: str) -> list[str]:
    """What one of both says and the other does not."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    said = [" ".join("".join(it.itertext()).split()) for it in tree.iter() if it.tag in {"p", "li", "h2"}]
    plain = "\n".join(line for line in text.splitlines() if not is_bare_link(line) and set(line) != {"-"})
    words = [it.lstrip("- ") for it in " ".join(re.sub(r"(?m)^- ", "", plain).split()).split()]
    return [] if "".join(words).replace(":", "") == "".join("".join(said).split()).replace(":", "") else ["differ"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_reads_well(sink, long_names, kind, language, anna, north):
    letter = letter_of(kind, language, anna, north)

    assert sending.send(now=letter.written_at) == 1

    (mail,) = sink.mails
    assert troubles(mail) == []
    assert mail["Content-Language"] == language
    assert mail["Message-ID"] == letter.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "ausleihe@mz.example" in mail["Reply-To"]
    assert parsedate_to_datetime(mail["Date"])
    assert (mail["List-Unsubscribe"] is not None) == KINDS[kind].may_be_ended


HEAD = "<!doctype html><html lang=de style='color-scheme: light dark'><head><title>Brief</title></head>"
GOOD = HEAD + "<body>{}</body></html>"


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ("<img src='https://zaehlt.example/1.gif' alt=''>", "remote or active"),
        ("<script>1</script>", "remote or active"),
        ("<p style='background: #fff'>weiß</p>", "a colour of its own"),
        ("<p class=x>x</p>", "not inline"),
        ("<p onclick='x()'>x</p>", "not inline"),
        ("<p> </p>", "empty: p"),
        ("<a href='https://anderswo.example/'>dort</a>", "leads away"),
    ],
)
def test_what_a_mail_must_not_have_is_seen(body, trouble):
    assert any(found.startswith(trouble) for found in troubles_of_html(GOOD.format(body)))
    assert troubles_of_html(GOOD.format("<p>gut</p>")) == []


def test_html_that_is_broken_is_seen():
    with pytest.raises(html5lib.html5parser.ParseError):
        troubles_of_html(GOOD.format("<p><div></p>"))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Brief an Sie", "x" * 79),
        ("Brief an Sie", "Hier https://leihwerk.example/ " + "x" * 70),
        ("x" * 79, "Guten Tag"),
        ("Brief an Sie", "eins\n\n\nzwei"),
        ("Brief an {Name}", "Guten Tag"),
        ("Brief an Sie", "Bis None"),
    ],
)
def test_what_would_read_badly_is_seen(subject, text):
    assert troubles_of_text(subject, text)
    assert not troubles_of_text("Brief an Sie", "Guten Tag\n\nhttps://leihwerk.example/" + "x" * 90)


def test_a_sentence_that_only_one_of_both_says_is_seen():
    html = render_to_string("letters/mail.html", {"letter": Letter(language="de", body=[{"text": "Guten Tag"}])})

    assert differences("Guten Tag", html) == []
    assert differences("Guten Tag\n\nMehr", html) == ["differ"]


def test_a_word_longer_than_a_line_is_parted_and_an_address_is_not():
    address = "https://leihwerk.example/" + "x" * 90

    lines = blocks.as_text([{"text": f"{ENDLESS} {address}"}, {"list": [ENDLESS]}]).splitlines()

    assert address in lines
    assert max(len(line) for line in lines if line != address) <= 74


def test_a_subject_is_cut_between_words():
    assert blocks.shortened("Kurz") == "Kurz"
    assert blocks.shortened("Noch nicht zurück: " + "Bee-Bot Set, " * 9) == (
        "Noch nicht zurück: Bee-Bot Set, Bee-Bot Set, Bee-Bot Set, Bee-Bot Set…"
    )
    assert len(blocks.shortened(f"Hier: {ENDLESS}")) == WIDEST
