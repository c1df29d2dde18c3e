"""Days, in the spellings found in the spreadsheets of centres."""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong, as_text, refuse_formula
from leihwerk.tables.grids import Cell

_SPREADSHEET_EPOCH = date(1899, 12, 30)
_MONTHS = {name: number for number, names in enumerate((
    ("jan", "januar", "jaenner", "jänner"), ("feb", "februar"), ("mär", "märz", "maerz", "mrz", "mar", "march"),
    ("apr", "april"), ("mai", "may"), ("jun", "juni", "june"), ("jul", "juli", "july"), ("aug", "august"),
    ("sep", "sept", "september"), ("okt", "oktober", "oct", "october"), ("nov", "november"),
    ("dez", "dezember", "dec", "december"),
), start=1) for name in names}  # fmt: skip


def _forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.ASCII) for pattern in patterns)


_DAY_FORMS = _forms(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?",
    r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})(?: \d{1,2}:.*)?",
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<d>\d{1,2})\.? *(?P<m>[A-Za-zäÄ]+)\.? *(?P<y>\d{4}|\d{2})",
)
_MONTH_FORMS = _forms(
    r"(?P<m>\d{1,2})[./-](?P<y>\d{4})",
    r"(?P<m>[A-Za-zäÄ]+)\.? *(?P<y>\d{4})",
    r"(?P<y>(?:19|20)\d{2})",
)


def day(cell: Cell) -> date:
    """A day: 31.12.2026 · 1.2.26 · 2026-12-31 · 31. Dezember 2026 · Excel's serial number.

    A month or a year alone is taken as its first day, doubtfully.
    """
    refuse_formula(cell)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = as_text(cell)
    if re.fullmatch(r"[0-9]{5}", written):
        return _plausible(_SPREADSHEET_EPOCH + timedelta(days=int(written)), written)
    for form in _DAY_FORMS:
        if found := form.fullmatch(written):
            return _plausible(_date(found["y"], found["m"], found["d"]), written)
    for form in _MONTH_FORMS:
        if found := form.fullmatch(written):
            first = _plausible(_date(found["y"], found.groupdict().get("m", "1"), "1"), written)
            raise CellIsDoubtful(first, _("nennt keinen Tag; genommen wird der {day}").format(day=as_text(first)))
    raise CellIsWrong(_("ist kein Datum (erwartet wird zum Beispiel 31.12.2026)"))


def _date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else _MONTHS.get(month.casefold(), 0)
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
    first, second = number, int(day)
    if first > 12 and second <= 12:  # 12/31/2026, as Americans write it
        first, second = second, first
    try:
        return date(full, first, second)
    except ValueError:
        return None


def _plausible(found: date | None, written: str) -> date:
    if found is None:
        raise CellIsWrong(_("ist ein Tag, den es nicht gibt"))
    if not date(1900, 1, 1) <= found <= date(2100, 1, 1):
        raise CellIsWrong(_("liegt außerhalb der Jahre 1900 bis 2100"))
    return found
