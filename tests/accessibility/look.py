"""How one look at a page reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

DESK, MANAGER, TEACHER, COORDINATOR = "theke", "leitung", "lehrkraft", "koordination"
AUDITOR, OPERATOR, NOBODY = "revision", "betrieb", ""
#: They have just begun: in a centre, in a school, and nowhere yet.
NEW_MANAGER, NEW_TEACHER, NEWCOMER = "neue-leitung", "neue-lehrkraft", "neuling"


@dataclass(frozen=True)
class Look:
    """``by`` is what stands before the @ of the demo's login; ``at`` names the example, ``query`` follows it.

    With ``sent``, the form that has these fields is filled in and sent, and what comes back is looked at: the form
    with its mistakes, what it ``shows`` otherwise (a selector) or, if it ``leads_to`` another page, that one.
    """

    by: str
    at: Callable[[], dict[str, Any]] = dict
    query: Callable[[], str] = str
    status: int = 200
    sent: Mapping[str, Any] | None = None
    shows: str = ".kern-error, .kern-alert--danger, .refusal"
    leads_to: str = ""

    def address(self, name: str) -> str:
        query = self.query()
        return (name if name.startswith("/") else reverse(name, kwargs=self.at())) + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Looks:
    """Everybody who looks at one page, and how."""

    all: tuple[Look, ...] = field(default=())

    def __add__(self, more: "Looks") -> "Looks":
        return Looks((*self.all, *more.all))

    def empty(self, *people: str) -> "Looks":
        """The same page where nothing is there yet."""
        return self + by(*people)

    def mistaken(self, status: int = 422, /, **sent: str) -> "Looks":
        """The same page once more, for whoever looked last, with a form sent back."""
        return Looks((*self.all, replace(self.all[-1], sent=sent, status=status)))

    def sending(self, shows: str, /, **sent: Any) -> "Looks":
        """The same page once more, with a form sent that is answered by what ``shows`` finds.

        A value may be a file (as Playwright has it), or a function that says it when the house is there.
        """
        return Looks((*self.all, replace(self.all[-1], sent=sent, shows=shows, status=200)))


def by(*people: str, at: Callable[[], dict[str, Any]] = dict, query: Callable[[], str] = str) -> Looks:
    return Looks(tuple(Look(person, at, query) for person in people))
