"""The page Anruf: look while one types, then book. Nothing that is said stands in an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.answers import fragment, see_other
from frontend.context import own_center
from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.templatetags.german import day
from frontend.views.calling.understanding import Call
from inventory.models import Product
from leihwerk.errors import DomainError
from lending import reservations
from lending.models import BookingChannel, Delivery, Reservation
from lending.reservations import Wish
from people import contacts, once
from people.models import Contact, Membership
from people.models.institution import Channel
from people.permissions import require

PAGE, PART = "frontend/calling/call.html", "frontend/calling/conversation.html"


@dataclass(frozen=True)
class Instead:
    """A way out as a button of the form: it changes one of the fields."""

    label: str
    name: str
    value: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "lending.approve", on=center)
    said = request.POST.dict() if request.method == "POST" else _picked(request)
    understood = Call(said, center, request.user, timezone.now())
    if said.get("act") != "book":
        return _answer(request, understood)
    if not understood.is_complete:
        return _answer(request, understood, status=422, asks=True)
    try:
        reservation = once.run(lambda: _book(understood, request))
    except DomainError as refusal:
        ways = list(_instead(refusal))
        return _answer(request, understood, status=refusal.status, refusal=refusal, ways=ways)
    messages.success(request, _gist(reservation))
    if request.htmx:
        return fragment(request, PART, {"call": Call({}, center, request.user, timezone.now()), "booked": reservation})
    return see_other("call")


def _book(understood: Call, request: MemberRequest) -> Reservation:
    """Raises DomainError."""
    institution, offer, period, person = understood.institution, understood.offer, understood.period, understood.person
    if institution is None or offer is None or period is None or person is None:
        raise AssertionError("is_complete has said otherwise")
    require(request.user, "lending.reserve", on=institution)
    who = understood.known
    if who is None:
        who = contacts.add(institution, by=request.user, name=person.name, phone=person.phone, channel=Channel.PRINT)
    return reservations.place(
        institution,
        wishes=[Wish(offer.product, offer.needed)],
        starts_at=period[0],
        ends_at=period[1],
        by=request.user,
        contact=who if isinstance(who, Contact) else None,
        responsible=who.user if isinstance(who, Membership) else None,
        channel=BookingChannel.PHONE,
        purpose=understood.said.get("purpose", "")[:200],
        delivery=Delivery.COURIER if understood.said.get("delivery") == Delivery.COURIER else Delivery.PICKUP,
    )


def _answer(request: MemberRequest, understood: Call, status: int = 200, **more: Any) -> HttpResponse:
    context = {"call": understood, **more}
    if request.htmx:
        return fragment(request, PART, context, status=status)
    return render(request, PAGE, context, status=status)


def _picked(request: MemberRequest) -> dict[str, str]:
    """The desk may come from the catalogue or from a school's card."""
    selection = Selection.of(request.GET)
    said = {"institution": request.GET.get("institution", "")}
    for choice in selection.choices[:1]:
        product = Product.objects.visible_to(request.user).filter(pk=choice.product).first()
        said["what"] = f"{choice.quantity} x {product}" if product else ""
    if selection.starts_on:
        until = f"-{selection.ends_on:%d.%m.%Y}" if selection.ends_on else ""
        said["when"] = f"{selection.starts_on:%d.%m.%Y}{until}"
    return said


def _instead(refusal: DomainError) -> Iterator[Instead]:
    quantity = refusal.facts.get("quantity", 1)
    for way in refusal.alternatives:
        if way["kind"] == "later":
            starts, ends = timezone.localtime(way["starts_at"]), timezone.localtime(way["ends_at"])
            label = _("Ab {day}").format(day=day(starts))
            yield Instead(label, "when", f"{starts:%d.%m.%Y}-{ends:%d.%m.%Y}")
        elif way["kind"] == "fewer":
            label = _("{fewer} statt {quantity} nehmen").format(fewer=way["quantity"], quantity=quantity)
            yield Instead(label, "what", f"{way['quantity']} x {refusal.facts['product']}")
        elif way["kind"] == "similar":
            label = _("Ähnliches: {product}").format(product=way["name"])
            yield Instead(label, "what", f"{quantity} x {way['name']}")


def _gist(reservation: Reservation) -> str:
    return _("Gebucht: {number} für {institution}, {starts} bis {ends}").format(
        number=reservation.number,
        institution=reservation.institution,
        starts=day(reservation.starts_at),
        ends=day(reservation.ends_at),
    )
