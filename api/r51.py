"""The COUNTER API 5.1: what harvesters of libraries and administrations fetch reports of use from.

A program says who it is with ``requestor_id`` and ``api_key`` (licenses/usage/harvesters.py), a person with the API's
token. Answers and refusals are in the words of the standard, which knows neither our errors nor our languages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from licenses.counter import listing
from licenses.counter.as_json import json_bytes
from licenses.counter.asking import THE_WORLD
from licenses.counter.caveats import Caveat, ReportRefused
from licenses.counter.kinds import KINDS
from licenses.models import Harvester
from licenses.usage import customers, harvesters, reports
from licenses.usage.customers import Whose
from people import access_tokens
from people.models import Center, Institution, User
from people.permissions import may

SEE: Final = "licenses.see_usage"
#: In a list, so many at most; whoever has more asks for each by its name.
MOST_MEMBERS: Final = 10_000


@dataclass(frozen=True)
class Requestor:
    """Who asks: a program or a person."""

    harvester: Harvester | None = None
    user: User | None = None

    def may_see(self, whose: Whose) -> bool:
        if self.user is not None:
            return may(self.user, SEE, on=whose)
        if self.harvester is None or whose.center_id != self.harvester.center_id:
            return False
        return self.harvester.institution_id in (None, whose.institution_id)

    def customers(self) -> Iterator[Whose]:
        """The centres and institutions whose use the requestor may see."""
        for center in self._centers():
            whole = Whose(center)
            if self.may_see(whole):
                yield whole
            institutions = Institution.objects.filter(center=center).order_by("pk")[:MOST_MEMBERS]
            yield from filter(self.may_see, (Whose(center, institution) for institution in institutions))

    def _centers(self) -> list[Center]:
        if self.harvester is not None:
            return [self.harvester.center]
        memberships = self.user.memberships_in_force if self.user else []
        return list({membership.center_id: membership.center for membership in memberships}.values())


Answer = Callable[[HttpRequest, Requestor], HttpResponse]


def for_requestors(answer: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who proves who it is; refusals of the standard become answers."""

    @wraps(answer)
    @require_safe
    @never_cache
    def let_in(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return answer(request, requestor_of(request), *args, **kwargs)
        except ReportRefused as refusal:
            return JsonResponse(refusal.caveat.as_json(), status=refusal.caveat.status)

    return let_in


def requestor_of(request: HttpRequest) -> Requestor:
    """Raises ReportRefused: unknown (2000), or known with a wrong key (2020)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    user = access_tokens.holder(token.strip()) if scheme.lower() == "token" else None
    if user is not None:
        return Requestor(user=user)
    harvester = harvesters.known(request.GET.get("requestor_id", ""))
    if harvester is None:
        raise ReportRefused([Caveat(2000)])
    if not harvesters.has_key(harvester, request.GET.get("api_key", "")):
        raise ReportRefused([Caveat(2020)])
    return Requestor(harvester=harvester)


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """For everybody, as the standard wants it."""
    return JsonResponse(listing.status(description="Leihwerk"), safe=False)


@for_requestors
def members(request: HttpRequest, requestor: Requestor) -> HttpResponse:
    told = [(whose.customer_id, whose.customer) for whose in requestor.customers()]
    return JsonResponse(listing.members(told), safe=False)


@for_requestors
def list_reports(request: HttpRequest, requestor: Requestor) -> HttpResponse:
    """For the customer that is named, else for the first the requestor may see."""
    if "customer_id" in request.GET:
        whose = customer_of(request, requestor)
    else:
        first = next(requestor.customers(), None)
        if first is None:
            raise ReportRefused([Caveat(2010)])
        whose = first
    today = timezone.localdate(timezone=whose.center.zone)
    return JsonResponse(listing.reports(reports.available(whose, today=today)), safe=False)


@for_requestors
def report(request: HttpRequest, requestor: Requestor, name: str) -> HttpResponse:
    kind = KINDS.get(name.upper())
    if kind is None:
        return JsonResponse({}, status=404)  # the standard has no words for it
    parameters = request.GET.dict()
    if not parameters.get("customer_id", "").strip():
        raise ReportRefused([Caveat(1030, "customer_id")])
    whose = customer_of(request, requestor)
    told = reports.answered(kind, parameters, whose, now=timezone.now())
    return HttpResponse(json_bytes(told), content_type="application/json")


def customer_of(request: HttpRequest, requestor: Requestor) -> Whose:
    """Who is asked about. Raises ReportRefused: all the world (2011), or, alike, whom there is not and whom the
    requestor may not see (2010)."""
    customer_id = request.GET.get("customer_id", "").strip()
    if customer_id == THE_WORLD:
        raise ReportRefused([Caveat(2011)])
    whose = customers.find(customer_id)
    if whose is None or not requestor.may_see(whose):
        raise ReportRefused([Caveat(2010)])
    return whose


urlpatterns = [
    path("status", status, name="r51_status"),
    path("members", members, name="r51_members"),
    path("reports", list_reports, name="r51_reports"),
    path("reports/<str:name>", report, name="r51_report"),
]
