"""Refusals: what the domain says instead of doing something."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal that states the fact.

    ``code`` is stable and for programs, ``sentence`` is for people: a lazily translated German sentence with
    ``{placeholders}`` filled from ``facts``. ``is_transient`` means that the very same request may succeed in a
    moment, so its answer is never stored under a once-only key (DESIGN 3.7).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    is_transient: ClassVar[bool] = False
    sentence: ClassVar[str | Promise] = ""

    def __init__(self, *, alternatives: list[Mapping[str, Any]] | None = None, **facts: Any) -> None:
        self.facts = facts
        self.alternatives = alternatives or []
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence).format(**self.facts)
