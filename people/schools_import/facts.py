"""What one row of a list of schools says about an institution."""

import re
from datetime import date
from typing import Any, Final

from people.models import Institution

OPERATION_ENDS: Final = "2"  # Schulbetriebsschlüssel of the school statistics of NRW: runs out on its day
OPERATION_ENDED: Final = "9"

_COPIED: Final = (
    "school_number", "short_name", "school_form", "street", "postal_code", "city", "email", "homepage", "municipality",
    "pupils",
)  # fmt: skip
_CUT_WORD: Final = re.compile(r"(?<=[a-zäöüß])-\n(?=[a-zäöüß])(?!und |oder |bzw)")


def stated(values: dict[str, Any], *, school: Institution | None, today: date) -> dict[str, Any]:
    """The columns the row speaks of, for ``school`` or a new one. A blank says nothing, so it overwrites nothing."""
    columns = {name: values.get(name) for name in _COPIED} | {
        "name": joined(values.get("name_1"), values.get("name_2"), values.get("name_3")),
        "phone": dialed(values.get("area_code"), values.get("phone")),
        "fax": dialed(values.get("fax_area_code"), values.get("fax")),
    }
    spoken = {name: value for name, value in columns.items() if value}
    return spoken | {"closed_on": closed_on(values, before=school.closed_on if school else None, today=today)}


def joined(*lines: str | None) -> str:
    """A name over several lines, with words that were cut at the end of a line put together again."""
    return " ".join(_CUT_WORD.sub("", "\n".join(line for line in lines if line)).split())


def dialed(area_code: str | None, number: str | None) -> str:
    """A number with its area code, unless there is no number."""
    return " ".join(part for part in (area_code, number) if part) if number else ""


def closed_on(values: dict[str, Any], *, before: date | None, today: date) -> date | None:
    """Since when the school is closed: as the row says, else as we knew it; None for a school that works."""
    day: date | None = values.get("closed_on")
    if day:
        return day if day <= today else None
    since: date | None = values.get("operation_on")
    if values.get("operation") == OPERATION_ENDED:
        return since or before or today
    if values.get("operation") == OPERATION_ENDS and since and since <= today:
        return since
    return None
