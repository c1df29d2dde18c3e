"""Whoever chooses English reads English: pages, days, refusals and letters, without a German word among them."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone, translation

from frontend.templatetags import german
from inventory.models import Item
from leihwerk.embedded import translations
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.handovers import hand_over_together
from lending.refusals import ItemIsPromised
from people.letters.opening import in_words
from people.models import OpeningHours
from tests.lending.shorthand import reserve

pytestmark = pytest.mark.django_db

NOVEMBER = datetime(2026, 11, 23, 10, tzinfo=timezone.get_default_timezone())
NAMES = (
    "Medienzentrum Musterstadt",
    "Grundschule Nord",
    "Ostallgäu",
    "Landesbeauftragte für Menschen mit Behinderungen sowie für Patientinnen und Patienten in Nordrhein-Westfalen",
    "Fürstenwall 25 40219 Düsseldorf",
    "(Gemeindeschlüssel)",
    "(Förderschule)",
    "@schule.example",
    "theke@mz.example",
)
READ_ALOUD = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"]*)"')
UNREAD = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
GERMAN = re.compile(
    r"[äöüßÄÖÜ„]|\b(?:und|oder|nicht|noch|bitte|bis|ab|von|vom|für|ist|sind|der|die|das|Uhr|Tag|Abholung|Anzahl|"
    r"Artikel|Ausgabe|Ausleihe|Bestand|Einrichtung|Exemplar|Katalog|Koffer|Leihschein|Reservierung|Schule|Theke)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def compiled(settings) -> None:
    """The catalogue as it is now; setting the paths makes Django forget the one it has read."""
    translations.compile_all()
    settings.LOCALE_PATHS = list(django_settings.LOCALE_PATHS)


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def words_of(page: str) -> str:
    """What a reader sees and a screen reader says, without names that are nobody's to translate."""
    words = " ".join(unescape(" ".join([*READ_ALOUD.findall(page), UNREAD.sub(" ", page)])).split())
    for name in NAMES:
        words = words.replace(name, "")
    return words


def leaks(page: str) -> list[str]:
    words = words_of(page)
    return [words[max(0, found.start() - 30) : found.end() + 30] for found in GERMAN.finditer(words)]


def pages_without_arguments() -> list[str]:
    found = set()
    for pattern in _flat(get_resolver("frontend.urls").url_patterns):
        with suppress(NoReverseMatch):
            found.add(reverse(pattern.name))
    return sorted(found)


def _flat(patterns) -> list[URLPattern]:
    return [
        leaf
        for pattern in patterns
        for leaf in ([pattern] if isinstance(pattern, URLPattern) else _flat(pattern.url_patterns))
    ]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


@pytest.fixture
def lively(case, cases, north, anna, desk):
    """A loan, a reservation and an item of each on the pages."""
    now = timezone.now()
    item = Item.objects.get(product=case)
    slip = hand_over_together(north, items=[item], by=desk, due_at=now + timedelta(days=3), responsible=anna)
    start, end = (_noon(add_open_days(now.date(), days, calendar_of(north.center))) for days in (3, 5))
    booked = reserve(cases, 2, (start, end), north, anna, now=now)
    return {
        "product": [case.pk],
        "item": [item.pk],
        "reservation": [booked.pk],
        "loan": [slip.loans.get().pk],
        "institution": [north.pk],
        "handover": [slip.pk],
    }


@pytest.mark.parametrize("who", ["anna", "carla", "manager", "auditor", "operator"])
def test_no_page_leaks_german(english, lively, who, request):
    english.force_login(request.getfixturevalue(who))
    addresses = [it for it in pages_without_arguments() if it != reverse("letters_today")]  # in the reader's language
    addresses += [reverse(name, args=args) for name, args in lively.items()]

    answers = {address: english.get(address) for address in addresses}

    pages = {
        address: answer.text for address, answer in answers.items() if "text/html" in answer.get("Content-Type", "")
    }
    assert [f"{address}: {found}" for address, page in pages.items() for found in leaks(page)] == []
    assert len(pages) > 5


def test_a_german_page_would_be_noticed(client, desk):
    client.force_login(desk)

    assert len(leaks(client.get("/heute/").text)) > 5


def test_the_catalogue_speaks_english(english, anna, case):
    english.force_login(anna)

    page = english.get(reverse("catalogue")).text

    assert '<html lang="en"' in page
    assert "What would you like to borrow?" in page
    assert "1 in stock" in page


def test_the_desk_speaks_english(english, desk):
    english.force_login(desk)

    answer = english.post("/theke/scan/", {"code": "MZ-9999"}, HTTP_HX_REQUEST="true").text

    assert "Unknown code. Type in the number from the label?" in answer


def test_a_refusal_speaks_english_with_english_days():
    refusal = ItemIsPromised(item="MZ-0012", institution="Gymnasium Süd", starts_at=NOVEMBER)

    with translation.override("en"):
        assert str(refusal) == "MZ-0012 is planned for Gymnasium Süd from Mon 23 Nov, 10:00."
    with translation.override("de"):
        assert str(refusal) == "MZ-0012 ist ab Mo, 23.11., 10:00 Uhr für Gymnasium Süd vorgesehen."


def test_days_and_times_are_in_english_order():
    with translation.override("en"):
        assert german.long_day(NOVEMBER) == "Monday, 23 November 2026"
        assert german.clock(NOVEMBER) == "10:00"
        assert german.quoted("Faust") == "“Faust”"


def test_opening_hours_are_said_in_both_languages():
    hours = [
        OpeningHours(weekday=day, opens=NOVEMBER.time(), closes=NOVEMBER.replace(hour=16).time()) for day in range(4)
    ]

    with translation.override("en"):
        assert in_words(hours) == "Mon–Thu 10:00–16:00"
    with translation.override("de"):
        assert in_words(hours) == "Mo–Do 10–16 Uhr"
