"""The page: what waits, a chart of the months, and the table that everything can be told apart in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.answers import page_or_fragment
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.usage.asking import Asked, asked
from frontend.views.usage.chart import chart
from frontend.views.usage.files import WRITTEN
from frontend.views.usage.naming import names_of, sources_of
from frontend.views.usage.spans import months_of
from licenses.counter.kinds import KINDS
from licenses.coverage import under_covered
from licenses.deadlines import standings
from licenses.idling import idle_seats
from licenses.models import Contract
from licenses.usage.overview import Breakdown, Line, lines
from licenses.usage.sums import Teller
from people.permissions import may

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A line with its name, its source, and where one sees it by itself."""

    line: Line
    name: str
    source: str
    address: str
    share: int  # of the most used, in percent

    @property
    def gap(self) -> int:
        """The bar stands at the right, below its number."""
        return 100 - self.share


@login_required
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    question = asked(request)
    found = lines(question.wanted, question.by, seen_by=request.user)
    monthly = found if question.by is Breakdown.MONTH else lines(question.wanted, Breakdown.MONTH, seen_by=request.user)
    sources = sources_of(question.sees.center)
    shown = shown_page(request, found, PER_PAGE)
    context = {
        "asked": question,
        "form": question.form,
        "chart": chart(monthly, months_of(question.stretch), sources),
        "monthly": [(names_of([], Breakdown.MONTH)(line), sources(line.teller), line) for line in monthly],
        "shown": shown,
        "rows": rows(list(shown), question, sources, most=max((line.uses for line in found), default=0)),
        "is_partial": any(line.is_partial for line in found),
        "has_cost": any(line.cost for line in found),
        "query": query(question),
        "drilled": drilled(question),
        "reports": [(kind.code, kind.name) for kind in KINDS.values()],
        "formats": list(WRITTEN),
        **(waiting(request, question) if question.sees.is_whole else {}),
    }
    return page_or_fragment(request, "frontend/usage/usage.html", "frontend/usage/_results.html", context)


def rows(found: list[Line], question: Asked, sources: Callable[[Teller], str], *, most: int) -> list[Row]:
    name = names_of(found, question.by)
    return [
        Row(
            line,
            name(line),
            sources(line.teller),
            address(line, question),
            round(100 * line.uses / most) if most else 0,
        )
        for line in found
    ]


#: Looking closer at one thing, one sees next …
NEXT = {
    Breakdown.CONTRACT: Breakdown.MEDIUM,
    Breakdown.INSTITUTION: Breakdown.MEDIUM,
    Breakdown.SCHOOL_FORM: Breakdown.INSTITUTION,
    Breakdown.MEDIUM: Breakdown.INSTITUTION,
}


def address(line: Line, question: Asked) -> str:
    """Where the line is told apart further; empty where there is nothing further."""
    following = NEXT.get(question.by)
    if following is None or not line.key or not question.sees.is_whole:
        return ""
    more = {**query_of(question), question.by.value: str(line.key), "by": following.value}
    return f"{reverse('usage')}?{urlencode(more)}"


def query_of(question: Asked) -> dict[str, str]:
    """The question as it stands in the address, without a page."""
    said = {name: question.form[name].data for name in question.form.fields}
    return {name: value for name, value in said.items() if value}


def query(question: Asked) -> str:
    return urlencode(query_of(question))


def drilled(question: Asked) -> list[tuple[str, str]]:
    """What the figures are narrowed to beside the form, and the address without it."""
    found = []
    for name in ("contract", "medium"):
        thing = getattr(question.wanted, name)
        if thing is not None:
            rest = {key: value for key, value in query_of(question).items() if key != name}
            found.append((str(thing), f"{reverse('usage')}?{urlencode(rest)}"))
    return found


def waiting(request: MemberRequest, question: Asked) -> dict[str, Any]:
    """What somebody has to decide, and what was bought and is not enough or not needed."""
    center = question.sees.center
    if not may(request.user, "licenses.see", on=center):
        return {}
    found = standings(Contract.objects.visible_to(request.user).filter(center=center), timezone.localdate())
    return {
        "deciding": [it for it in found if it.needs_decision][:3],
        "short": under_covered(center)[:3],
        "idle": idle_seats(center)[:3],
    }
