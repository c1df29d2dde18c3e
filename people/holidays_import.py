"""School holidays out of a file: a calendar (iCal) as the Länder and the school authorities publish it, or a table."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from icalendar import Calendar

from leihwerk.tables import Field, match, open_table, read
from leihwerk.tables.cells import text
from leihwerk.tables.days import day
from leihwerk.tables.folding import fold
from leihwerk.tables.limits import check_bytes
from leihwerk.tables.refusals import FileRefused
from people.calendar import LONGEST, Holidays

A_DAY: Final = timedelta(days=1)
MOST: Final = 200
"""More events than that are a timetable, not the holidays of a few years."""
FIELDS: Final = (
    Field("name", _("Ferien"), ("Ferien", "Name", "Bezeichnung", "Titel", "Summary", "Subject", "Betreff"), text(60),
          is_required=True),
    Field("starts_on", _("von"), ("von", "Beginn", "Anfang", "erster Ferientag", "Start", "Start Date", "Startdatum"),
          day, is_required=True),
    Field("ends_on", _("bis"), ("bis", "Ende", "letzter Ferientag", "End", "End Date", "Enddatum"), day,
          is_required=True),
)  # fmt: skip


class NoHolidaysFound(FileRefused):
    code = "no_holidays_found"
    sentence = _(
        "In der Datei stehen keine Ferien. Erwartet wird ein Kalender (.ics) "
        "oder eine Tabelle mit den Spalten Ferien, von, bis."
    )


class CalendarIsBroken(FileRefused):
    code = "calendar_is_broken"
    sentence = _("Dieser Kalender lässt sich nicht lesen. Bitte laden Sie ihn noch einmal herunter.")


class RowIsBroken(FileRefused):
    code = "row_is_broken"
    sentence = _("Zeile {line}: {column} {reason}.")


def holidays_in(content: bytes) -> list[Holidays]:
    """All holidays of a file in order, each once. Raises FileRefused, with the reason."""
    check_bytes(len(content))
    is_calendar = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"
    found = sorted(set(_in_calendar(content) if is_calendar else _in_table(content)))
    if not found or len(found) > MOST:
        raise NoHolidaysFound
    return found


def _in_calendar(content: bytes) -> Iterator[Holidays]:
    try:
        events = list(Calendar.from_ical(content).walk("VEVENT"))
    except (ValueError, KeyError, IndexError) as error:
        raise CalendarIsBroken from error
    for event in events:
        starts, ends = _day(event, "DTSTART"), _day(event, "DTEND")
        if starts is not None:
            # The end of an event of whole days is the day after its last one (RFC 5545, 3.6.1).
            yield _holidays(str(event.get("SUMMARY", "")), starts, max(starts, ends - A_DAY) if ends else starts)


def _day(event: Any, name: str) -> date | None:
    try:
        value = event.decoded(name, None)
    except ValueError as error:
        raise CalendarIsBroken from error
    if not isinstance(value, date | None):
        raise CalendarIsBroken
    return value.date() if isinstance(value, datetime) else value


def _in_table(content: bytes) -> Iterator[Holidays]:
    matched = match(open_table(content), FIELDS).or_refuse()
    for record in read(matched, FIELDS):
        for remark in record.remarks:
            raise RowIsBroken(line=remark.line, column=remark.column, reason=remark.reason)
        values = record.values
        yield _holidays(values["name"], values["starts_on"], values["ends_on"])


def _holidays(name: str, starts_on: date, ends_on: date) -> Holidays:
    if not starts_on <= ends_on <= starts_on + LONGEST:
        raise DaysAreWrong(name=name, starts_on=starts_on, ends_on=ends_on)
    return Holidays(starts_on, ends_on, name.strip()[:60] or "Ferien", is_summer="sommer" in fold(name))


class DaysAreWrong(FileRefused):
    code = "days_are_wrong"
    sentence = _("{name}: vom {starts_on} bis {ends_on} kann nicht stimmen.")
