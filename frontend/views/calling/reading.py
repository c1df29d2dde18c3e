"""Reading what the desk types while somebody talks: pure functions on words."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

DAY: Final = re.compile(
    r"(?P<day>\d{1,2})\.(?:\s?(?P<month>\d{1,2})\.?)?(?:\s?(?P<year>20\d\d|\d\d)(?!\d))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
)
CLOCK: Final = r"(\d{1,2})(?:[:.](\d\d))?\s*(?:uhr)?"
HOURS: Final = re.compile(rf"(?<![\d.:-]){CLOCK}\s*(?:-|–|bis)\s*{CLOCK}(?![\d:-]|\.\d)", re.I)
EMAIL: Final = re.compile(r"[^\s,;<>]+@[^\s,;<>]+\.[^\s,;<>]+")
PHONE: Final = re.compile(r"(?:\btel(?:efon)?\.?:?\s*)?(\+?\d[\d\s/()-]{3,}\d)", re.I)
COUNT: Final = re.compile(r"^\s*(\d{1,3})\s*(?:[x×*]\s*|\s)(?=\D)", re.I)


@dataclass(frozen=True)
class Person:
    """Who phones, as it was typed."""

    name: str
    phone: str = ""
    email: str = ""


def read_days(typed: str, today: date) -> tuple[date, date | None] | None:
    """„23.11.-27.11.“, „23.-27.11.“, „23.11.2026 bis 27.11.2026“, „23.11.“ (the end is open).

    Days without a year are the next ones from ``today`` on. None if that is no period.
    """
    found = list(DAY.finditer(typed))
    if not 1 <= len(found) <= 2:
        return None
    try:
        last = _day(found[-1], today)
        first = _day(found[0], today, like=last)
        if len(found) == 2 and last < first and not found[-1]["year"] and not found[-1]["iso"]:
            last = last.replace(year=last.year + 1)
    except ValueError:
        return None
    if len(found) == 1:
        return first, None
    return (first, last) if first <= last else None


def _day(found: re.Match[str], today: date, like: date | None = None) -> date:
    """Raises ValueError for a day that does not exist."""
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if not found["month"] and like is None:
        raise ValueError
    month = int(found["month"]) if found["month"] else like.month if like else 0
    if found["year"]:
        year = int(found["year"])
        return date(year if year > 99 else 2000 + year, month, int(found["day"]))
    day = date(today.year, month, int(found["day"]))
    return day if day >= today else day.replace(year=today.year + 1)


def read_hours(typed: str) -> tuple[tuple[time, time] | None, str]:
    """„10-12“, „10:30 bis 12 Uhr“, and the words without it; None if there are no such hours."""
    found = HOURS.search(typed)
    if not found:
        return None, typed
    try:
        hours = time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
    except ValueError:
        return None, typed
    return hours, f"{typed[: found.start()]} {typed[found.end() :]}".strip()


def read_person(typed: str) -> Person | None:
    """„Frau Meier, Tel. 0214 77 88“, „Frau Meier, meier@schule.de“"""
    email = EMAIL.search(typed)
    rest = EMAIL.sub("", typed)
    phone = PHONE.search(rest)
    name = PHONE.sub("", rest).strip(" ,;–-")
    return Person(name[:120], phone[1].strip() if phone else "", email[0] if email else "") if name else None


def read_count(typed: str) -> tuple[int | None, str]:
    """„2 x bee“: how many, and the rest; „25 kinder“ is no count of things."""
    found = COUNT.match(typed)
    if not found or re.match(r"(?:kinder|schüler|sus|personen|children|pupils)\b", typed[found.end() :], re.I):
        return None, typed
    return int(found[1]) or None, typed[found.end() :]
