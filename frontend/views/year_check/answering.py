"""The page behind the link in the letter to a school: who still works there. Nobody signs in.

Looking at it changes nothing, for mail servers look, too; only what is sent from it does.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.reading import row_id
from leihwerk.errors import DomainError
from people import once, year_checks
from people.errors import NobodyWouldCoordinate
from people.models import Membership, YearCheck
from people.year_checks import links
from people.year_checks.answering import asked_about


@dataclass(frozen=True)
class Row:
    membership: Membership
    is_ticked: bool


PAGE = "frontend/year_check/answer.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def year_check(request: HttpRequest, token: str) -> HttpResponse:
    check = links.read(token, today=timezone.localdate())
    if check is None:
        return _hidden(render(request, "frontend/year_check/over.html", status=404))
    if request.method != "POST":
        return _page(request, check)
    staying = _ids(request, "stays")
    try:
        once.run(
            lambda: year_checks.answer(
                check, shown=_ids(request, "shown"), staying=staying, is_certain="certain" in request.POST
            )
        )
    except DomainError as refusal:
        return _page(request, check, refusal=refusal, staying=staying)
    messages.success(request, _("Danke. Wir haben Ihre Antwort gespeichert."))
    return _hidden(see_other("year_check", token=token))


def _page(
    request: HttpRequest, check: YearCheck, *, refusal: DomainError | None = None, staying: set[int] | None = None
) -> HttpResponse:
    """With the ticks as they were sent, else as they were answered; before that there are none."""
    members = list(asked_about(check))
    rows = []
    for member in members:
        is_told = check.answered_at is not None and member.leaves_on is None
        ticked = is_told if staying is None else member.pk in staying
        rows.append(Row(member, is_ticked=ticked))
    context = {
        "check": check,
        "center": check.center,
        "rows": rows,
        "refusal": refusal,
        "must_be_certain": isinstance(refusal, NobodyWouldCoordinate),
    }
    return _hidden(render(request, PAGE, context, status=refusal.status if refusal else 200))


def _ids(request: HttpRequest, name: str) -> set[int]:
    return {pk for typed in request.POST.getlist(name) if (pk := row_id(typed)) is not None}


def _hidden(answer: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine keeps it."""
    answer["X-Robots-Tag"] = "noindex"
    return answer
