"""Every kind of letter can be worded from the facts that its verbs give, and reads like a letter."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from people.letters import blocks, opening
from people.letters.addressing import Recipient
from people.letters.kinds import KINDS
from people.letters.wording import Words, revived, words_for
from people.models import Contact, Institution, Intent, OpeningHours, User

THURSDAY = "2026-11-26T09:00:00Z"
TWO_WEEKS_LATER = "2026-12-10T09:00:00Z"
THING = {"product": "Bee-Bot Set", "asset_number": "MZ-0007"}
CLOSED = {"code": "closed", "day_on": "2026-12-07", "why": "", "moved_to_on": "2026-12-08"}
DUE_REASONS = [{"code": "period", "days": 14, "kind": "calendar"}, CLOSED]
WISH = {
    "number": "R-2481",
    "starts_at": THURSDAY,
    "ends_at": TWO_WEEKS_LATER,
    "due_reasons": DUE_REASONS,
    "answer_on": "2026-11-24",
    "offer_ends_at": "2026-11-25T15:00:00+00:00",
    "is_by_courier": False,
    "reason": "Betriebsausflug",
    "things": [{"product": "Bee-Bot Set", "quantity": 2}, {"product": "iPad-Koffer", "quantity": 1}],
}
LATE = {**THING, "due_at": THURSDAY, "until_on": "2026-12-11", "awaited_on": "2026-12-14"}
MOVE = {"act": "pickup", "closed_on": "2026-11-26", "why": "Krankheit", "after_at": "2026-11-27T09:00:00Z"}
FACTS: dict[str, dict[str, Any]] = {
    "access_ends": {"ends_on": "2026-09-30"},
    "closing_day": {"number": "R-2481", "is_by_courier": False, "moves": [MOVE]},
    "cannot_be_kept": {**WISH, "next_on": "2026-11-30"},
    "handed_over": {
        "number": "L-771",
        "due_at": TWO_WEEKS_LATER,
        "due_reasons": DUE_REASONS,
        "things": [THING],
        "extras": [{"name": "Beutel", "quantity": 1}],
    },
    "renewed": {**THING, "due_at": TWO_WEEKS_LATER},
    "returned": THING,
    "part_missing": {**THING, "parts": [{"name": "Ladegerät", "quantity": 1}], "until_on": "2026-12-11"},
    "later_delivered": {**THING, "parts": [{"name": "Ladegerät", "quantity": 1}], "still_missing": []},
    "desk_day": {
        "day_on": "2026-11-24",
        "pickups": {
            "count": 3,
            "rows": [{"number": "R-1", "institution": "Nord", "starts_at": THURSDAY, "things": [THING]}],
        },
        "returns": {"count": 1, "rows": [{"institution": "Nord", "things": [THING]}]},
        "calls": {"count": 1, "rows": [{"institution": "Nord", "subject": "Nord"}]},
        "releases": 2,
    },
    "license_expiring": {
        "title": "Kreis-Online Naturblick",
        "number": "KO-2023-01",
        "is_renewed": False,
        "deadline_on": "2026-12-31",
    },
    "deletion_asked": {
        "titles": [{"title": "Der Wasserkreislauf", "kind": "dvd", "ends_on": "2027-01-31", "may_show": False}],
        "more": 0,
        "asked_on": None,
        "told_on": "2027-01-01",
        "month_on": "2027-01-01",
    },
    "due_soon": {**LATE, "renewable_until_at": None},
    "overdue_1": LATE,
    "overdue_2": LATE,
    "overdue_3": {
        **LATE,
        "slip": "L-771",
        "handed_over_at": "2026-11-12T09:00:00Z",
        "told_on": ["2026-12-01", "2026-12-08"],
        "value": "529.90",
    },
}


def facts_of(kind: str) -> dict[str, Any]:
    return WISH if kind.startswith("reservation_") else FACTS.get(kind, {})


def word(kind: str, to: Contact | Institution, *more_facts: dict[str, Any], language: str = "de") -> Words:
    intents = [
        Intent(pk=pk, subject_id=pk, kind=kind, facts=facts_of(kind) | more)
        for pk, more in enumerate(more_facts or [{}])
    ]
    if isinstance(to, Contact):
        return words_for(intents, Recipient(None, to, to.institution), to.center, language=language)
    return words_for(intents, Recipient(None, None, to), to.center, language=language)


def word_to_member(kind: str, user: User, school: Institution) -> Words:
    return words_for(
        [Intent(pk=1, subject_id=1, kind=kind, facts=facts_of(kind))],
        Recipient(user, None, school),
        school.center,
        language="de",
    )


def text_of(words: Words) -> str:
    return " ".join(blocks.as_text(words.body).split())


@pytest.fixture
def frau_kreide(north) -> Contact:
    return Contact(pk=1, center=north.center, institution=north, name="Frau Kreide")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_has_its_words(kind, language, frau_kreide):
    words = word(kind, frau_kreide, language=language)

    text = text_of(words)
    assert 5 < len(words.subject) <= 120
    assert text.count("Medienzentrum Musterstadt") >= 1
    for blemish in ("None", "{", "%", " ,", " .", "..", "&", "!"):
        assert blemish not in f"{words.subject} {text}"


def test_a_person_is_greeted_with_salutation_and_name(north, anna):
    anna.salutation = "Frau"
    words = word_to_member("overdue_1", anna, north)

    assert words.body[0] == {"text": "Guten Tag Frau Anna Amsel,"}
    assert {"text": "Viele Grüße"} in words.body


def test_a_school_is_greeted_formally(north):
    words = word("overdue_3", north)

    assert words.subject == "Rückgabe offen: Bee-Bot Set, Grundschule Nord"
    assert words.body[0] == {"text": "Sehr geehrte Damen und Herren,"}
    assert {"text": "Mit freundlichen Grüßen"} in words.body


def test_level_three_names_slip_days_and_value(north):
    text = text_of(word("overdue_3", north))

    assert "Ihre Einrichtung hat am 12. November Bee-Bot Set MZ-0007 bei uns ausgeliehen (Leihschein L-771)." in text
    assert "Auf unsere Nachrichten vom 1. Dezember und 8. Dezember haben wir keine Antwort erhalten." in text
    assert "(Wiederbeschaffungswert: 529,90 €)" in text


def test_a_confirmation_tells_pickup_and_return_in_local_time(frau_kreide):
    text = text_of(word("reservation_approved", frau_kreide))

    assert "Ihre Reservierung R-2481 ist bestätigt: 2 × Bee-Bot Set, 1 × iPad-Koffer." in text
    assert "Abholung: Do, 26.11., ab 10 Uhr. Rückgabe bis Do, 10.12., 10 Uhr – 14 Tage;" in text
    assert text_of(word("reservation_approved", frau_kreide, {"due_reasons": []})).count("10 Uhr.") == 2


@pytest.mark.parametrize(
    "kind", ["reservation_requested", "reservation_approved", "reservation_changed", "handed_over"]
)
def test_a_due_date_is_told_with_its_reason(kind, frau_kreide):
    assert "14 Tage; am Mo, 7.12. haben wir geschlossen" in text_of(word(kind, frau_kreide))
    assert "14 days; " in text_of(word(kind, frau_kreide, language="en"))


@pytest.mark.parametrize("kind", ["reservation_requested", "reservation_submitted"])
def test_a_request_is_told_by_which_day_it_is_answered(kind, frau_kreide):
    assert "antworten Ihnen bis Dienstag, 24. November." in text_of(word(kind, frau_kreide))
    assert "geben Ihnen Bescheid." in text_of(word(kind, frau_kreide, {"answer_on": None}))


def test_several_late_things_are_one_list(frau_kreide):
    words = word("overdue_1", frau_kreide, {}, {"product": "iPad-Koffer", "asset_number": "MZ-0002"})

    assert words.subject == "Noch nicht zurück: Bee-Bot Set, iPad-Koffer"
    listed = ["Bee-Bot Set MZ-0007 – bis 26. November", "iPad-Koffer MZ-0002 – bis 26. November"]
    assert {"list": listed} in words.body


def test_things_due_together_are_counted(frau_kreide):
    words = word("due_soon", frau_kreide, {}, {}, {"product": "iPad-Koffer"})

    assert words.subject == "Rückgabe am Donnerstag, 26.11."
    assert "kommt zurück: 2 × Bee-Bot Set, 1 × iPad-Koffer." in text_of(words)


def test_renewing_is_offered_when_nobody_waits_and_refused_when_somebody_does(frau_kreide):
    free = word("due_soon", frau_kreide, {"renewable_until_at": TWO_WEEKS_LATER})
    awaited = word("due_soon", frau_kreide)

    assert "Verlängern bis 10. Dezember geht, weil niemand wartet." in text_of(free)
    assert "Verlängern ist diesmal nicht möglich, weil die nächste Schule wartet." in text_of(awaited)


def test_only_people_with_an_account_get_links(north, anna, frau_kreide):
    assert any("url" in block for block in word_to_member("due_soon", anna, north).body)
    assert not any("url" in block for block in word("due_soon", frau_kreide).body)


def test_a_trap_in_a_name_stays_a_name(frau_kreide):
    words = word("overdue_1", frau_kreide, {"product": "Koffer\n\n\x02Gewinn\x1fhttps://böse.example"})

    assert not any("url" in block for block in words.body)


def test_facts_come_back_as_days_and_moments():
    facts = {"due_at": THURSDAY, "told_on": ["2026-12-01"], "number": "R-1", "things": [{"starts_at": THURSDAY}]}

    told = revived(facts)
    assert told["due_at"] == told["things"][0]["starts_at"] == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert f"{told['told_on'][0]:%d.%m.}" == "01.12."
    assert told["number"] == "R-1"


def test_opening_hours_are_told_in_runs_of_equal_days():
    def hours(weekday: int, opens: str, closes: str) -> OpeningHours:
        clock = [datetime.strptime(text, "%H:%M").time() for text in (opens, closes)]  # noqa: DTZ007 - a time of day
        return OpeningHours(weekday=weekday, opens=clock[0], closes=clock[1])

    days = [hours(day, "10:00", "16:00") for day in range(4)]
    friday = [hours(4, "8:30", "12:00"), hours(4, "13:00", "15:00")]
    with translation.override("de"):
        assert opening.in_words([*days, *friday]) == "Mo–Do 10–16 Uhr, Fr 8:30–12 und 13–15 Uhr"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_lead_a_member_to_its_pages(kind, anna, north):
    assert word_to_member(kind, anna, north).body


def test_a_closing_day_is_told_once_with_everything_that_moves(center, north):
    """TEXTS 5: the day and why, the pickup, the return, and whom to call."""
    back = {**THING, "moves": [{**MOVE, "act": "return"}]}

    words = word("closing_day", north, FACTS["closing_day"], back)

    text = text_of(words)
    assert text.count("bleibt unsere Ausleihe geschlossen (Krankheit)") == 1
    assert "Ihre Abholung (R-2481) verschieben wir auf Freitag, 27.11., ab 10 Uhr." in text
    assert "Bee-Bot Set MZ-0007 hat bis Freitag, 27.11., 10 Uhr, Zeit." in text
