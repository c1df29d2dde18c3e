"""The page Anruf: look while one types, then book. Nothing that is said stands in an address."""

from dataclasses import asdict, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.answers import fragment, see_other
from frontend.context import own_center
from frontend.reading import fields_of
from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.templatetags.german import day
from frontend.views.calling.understanding import NAMING, Call
from frontend.views.reserving.draft import Draft
from frontend.views.reserving.missing import remember
from frontend.views.reserving.repeating import say_what_came_of
from frontend.ways_out import ways_out
from leihwerk.errors import DomainError
from lending.gate import gate
from lending.models import BookingChannel, Reservation, State
from lending.reservations import Series
from people import contacts, once
from people.models import Membership
from people.models.institution import Channel
from people.permissions import require

PAGE, PART = "frontend/calling/call.html", "frontend/calling/conversation.html"
LOOK, TAKE, FORESEE, BOOK = "look", "take", "foresee", "book"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "lending.approve", on=center)
    said = _said(request)
    act = _act(said) if request.method == "POST" else LOOK
    understood = Call(said, center, request.user, timezone.now())
    if act == TAKE:
        understood = replace(understood, said=understood.taken())
    if act in {LOOK, TAKE}:
        return _answer(request, understood, form=understood.form(), focus=_focus(understood, act))
    form = understood.form(is_sent=True)
    draft = understood.draft(form)
    if draft is None:
        return _answer(request, understood, status=422, form=form, asks=True)
    return _book(request, understood, draft, {"form": form}, act)


def _book(request: MemberRequest, understood: Call, draft: Draft, context: dict[str, Any], act: str) -> HttpResponse:
    require(request.user, "lending.reserve", on=draft.institution)
    try:
        if draft.is_repeated and act == FORESEE:
            return _answer(request, understood, **context, dates=draft.dates(request.user))
        made = once.run(lambda: draft.place(by=request.user, channel=BookingChannel.PHONE, **_who(understood, request)))
    except DomainError as refusal:
        ways = ways_out(refusal, understood.selection, leaves_page=False)
        missed = draft.missed(refusal.facts.get("dates", ()), understood.selection)
        more = {"refusal": refusal, "ways": ways, "missed": missed}
        return _answer(request, understood, status=refusal.status, **context, **more)
    _say(request, made)
    missed = draft.missed(made.missed, understood.selection) if isinstance(made, Series) else []
    if isinstance(made, Series):
        remember(request, made.series, missed)
    if not request.htmx:
        return see_other("call")
    fresh = replace(understood, said=QueryDict())
    return _answer(request, fresh, form=fresh.form(), booked=made, missed=missed, focus="who")


def _said(request: MemberRequest) -> QueryDict:
    """The words of the form. A way out, or what the desk brings from the catalogue, says days as dates, and a way out
    stands for all that was named."""
    said = fields_of(request)
    selection = Selection.of(said)
    if selection.starts_on:
        until = f"-{selection.ends_on:%d.%m.%Y}" if selection.ends_on else ""
        said["when"] = f"{selection.starts_on:%d.%m.%Y}{until}"
    if "instead" in said:
        for name in NAMING:
            said.pop(name, None)
    return said


def _act(said: QueryDict) -> str:
    """Buttons that say something else than an act: a way out books, and a choice among things takes it."""
    if act := said.get("act"):
        return act
    if "instead" in said:
        return BOOK
    return TAKE if "product" in said or "bundle" in said else LOOK


def _focus(understood: Call, act: str) -> str:
    """Where one goes on writing."""
    if understood.caller.institution is None:
        return "who"
    if act == TAKE and understood.named.is_ambiguous:
        return "choice"
    return "contact" if act == LOOK and understood.lines_so_far and understood.days else "what"


def _who(understood: Call, request: MemberRequest) -> dict[str, Any]:
    """The member or contact who phones; somebody new is put down. Raises as ``contacts.add``."""
    person, institution, who = understood.caller.person, understood.caller.institution, understood.caller.known
    if isinstance(who, Membership):
        return {"responsible": who.user}
    if who is None and person is not None and institution is not None:
        gate(line.product.pk for line in understood.lines)  # before anything is written
        channel = Channel.MAIL if person.email else Channel.PRINT
        who = contacts.add(institution, by=request.user, **asdict(person), channel=channel)
    return {"contact": who}


def _answer(request: MemberRequest, understood: Call, status: int = 200, **more: Any) -> HttpResponse:
    context = {"call": understood, "said": understood.said, "selection": understood.selection, **more}
    if request.htmx:
        return fragment(request, PART, context, status=status)
    return render(request, PAGE, context, status=status)


def _say(request: MemberRequest, made: Reservation | Series) -> None:
    if isinstance(made, Series):
        return say_what_came_of(request, made)
    words = {
        State.APPROVED.value: _("Gebucht: {number} für {institution}, {starts} bis {ends}"),
        State.WAITLISTED.value: _(
            "Vorgemerkt: {number} für {institution}. Bescheid geht hinaus, sobald etwas frei wird."
        ),
    }[made.state]
    facts = {"starts": day(made.starts_at), "ends": day(made.ends_at)}
    messages.success(request, words.format(number=made.number, institution=made.institution, **facts))
    return None
