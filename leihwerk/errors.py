"""Refusals: what the domain says instead of doing something."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from string import Formatter
from typing import Any, ClassVar

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class SpokenFormatter(Formatter):
    """Moments as people say them: ``{at}`` "Mo, 23.11.", ``{at:time}`` "10:30 Uhr", ``{at:full}`` both."""

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        """A day ends with a full stop already: none is added at the end of a sentence."""
        return super().vformat(format_string, args, kwargs).replace("..", ".")

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, date):
            return str(super().format_field(value, format_spec))
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        day = formats.date_format(value, _("D, j.n."))
        if format_spec not in {"time", "full"}:
            return day
        time = _("{time} Uhr").format(time=formats.date_format(value, "G:i"))
        return time if format_spec == "time" else f"{day}, {time}"


spoken = SpokenFormatter()


class DomainError(Exception):
    """A refusal that states the fact.

    ``code`` is stable and for programs, ``sentence`` is for people: a lazily translated German sentence with
    ``{placeholders}`` filled from ``facts``. ``alternatives`` are ways out, plain data with a ``kind`` each.
    ``is_transient`` means that the very same request may succeed in a moment, so its answer is never stored under a
    once-only key (DESIGN 3.7).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    is_transient: ClassVar[bool] = False
    sentence: ClassVar[str | Promise] = ""

    def __init__(self, *, alternatives: Sequence[Mapping[str, Any]] = (), **facts: Any) -> None:
        self.facts = facts
        self.alternatives = list(alternatives)
        super().__init__(self.code)

    def __str__(self) -> str:
        return spoken.format(str(self.sentence), **self.facts)
