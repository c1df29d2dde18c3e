"""Look it over and send it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.context import center_of
from frontend.errors import refused
from frontend.reading import fields_of
from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.standing import acts_for_others, own_institutions
from frontend.templatetags.german import clock, day
from frontend.views.reserving import keeping
from frontend.views.reserving.draft import Draft, HowForm, show_dates
from frontend.views.reserving.lines import picks, usual_return
from frontend.views.reserving.picking import grown, picked
from frontend.ways_out import ways_out
from leihwerk.errors import DomainError
from lending import reasons
from lending.models import Delivery, Reservation, State
from lending.reservations import Series
from people import once
from people.models import Institution
from people.permissions import require

PAGE = "frontend/reserving/reserve.html"


class SendForm(HowForm):
    """For which of one's own institutions, and how."""

    institution = forms.ModelChoiceField(label=_("Für"), queryset=Institution.objects.none(), empty_label=None)
    field_order = ("institution",)

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        field.queryset = Institution.objects.filter(pk__in=[it.pk for it in institutions])
        if len(institutions) == 1:
            field.widget = forms.HiddenInput()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: MemberRequest) -> HttpResponse:
    """The address carries what was picked in the catalogue; from then on the form carries it."""
    institutions = own_institutions(request)
    if not institutions:
        return see_other(_desk_instead(request))
    said = fields_of(request)
    selection = picked(said)
    if request.method == "POST" and said.get("act") == "more":
        return see_other(keeping.keep(request, said, selection).address("catalogue"))
    is_sent = request.method == "POST" and said.get("act") != "look" and "without" not in said
    kept = keeping.find_again(request, selection)
    chosen = said.get("institution") or kept.get("institution")
    institution = next((it for it in institutions if str(it.pk) == chosen), institutions[0])
    form = SendForm(
        said if is_sent else None,
        institutions=institutions,
        may_repeat=any(choice.hours for choice in selection.choices),
        initial={"delivery": Delivery.PICKUP, **kept, **said.dict(), "institution": institution},
    )
    context = _context(request, selection, form, institution) | {"said": said, "grown": grown(said)}
    if not is_sent:
        return render(request, PAGE, context)
    if not form.is_valid() or not context["may_send"]:
        return render(request, PAGE, context, status=422)
    return _send(request, Draft(institution, context["lines"], form.cleaned_data, said), context)


def _send(request: MemberRequest, draft: Draft, context: dict[str, Any]) -> HttpResponse:
    require(request.user, "lending.reserve", on=draft.institution)
    try:
        if draft.is_repeated and draft.said.get("act") == "foresee":
            return render(request, PAGE, {**context, "dates": draft.dates(request.user)})
        made = once.run(lambda: draft.place(by=request.user, responsible=request.user))
    except DomainError as refusal:
        more = {
            "ways": ways_out(refusal, context["selection"]),
            "missed": draft.missed(refusal.facts.get("dates", ()), context["selection"]),
        }
        return refused(request, refusal, PAGE, {**context, **more})
    keeping.forget(request)
    if isinstance(made, Series):
        return show_dates(request, made, draft.missed(made.missed, context["selection"]))
    _say_thanks(request, made, context["why"])
    return see_other("reservation", pk=made.pk)


def _context(request: MemberRequest, selection: Selection, form: SendForm, institution: Institution) -> dict[str, Any]:
    lines = picks(selection, request.user, institution.center, institution)
    usual = usual_return(selection, institution)
    is_usual = usual is not None and any(line.period and line.period[1] == usual.at for line in lines)
    return {
        "form": form,
        "selection": selection,
        "lines": lines,
        "may_send": bool(lines) and all(line.period for line in lines),
        "needs_days": any(not line.product.is_by_the_hour for line in lines),
        "usual": usual,
        "why": reasons.in_words(usual) if usual and is_usual else "",
        "today": timezone.localdate(),
    }


def _say_thanks(request: HttpRequest, reservation: Reservation, why: str) -> None:
    """Text 35 of TEXTS; what is not promised yet says so."""
    sentence = {
        State.APPROVED: _(
            "Ihre Reservierung {number} ist bestätigt. Abholung: {starts_at}, ab {clock}. Rückgabe bis {ends_at}{why}"
        ),
        State.REQUESTED: _("Ihre Anfrage {number} ist bei uns. Wir antworten Ihnen bald."),
        State.WAITLISTED: _("Vorgemerkt ({number}): Wir melden uns, sobald etwas frei wird."),
        State.SUBMITTED: _(
            "Ihr Konto ist noch nicht freigeschaltet. Ihre Anfrage {number} ist bei uns angekommen; "
            "bis zur Freischaltung halten wir noch nichts frei."
        ),
    }[State(reservation.state)]
    facts = {
        "number": reservation.number,
        "starts_at": day(reservation.starts_at),
        "clock": clock(reservation.starts_at),
        "ends_at": day(reservation.ends_at),
        "why": f" – {why}." if why else "",
    }
    messages.success(request, str(sentence).format(**facts))


def _desk_instead(request: MemberRequest) -> str:
    """The desk reserves for others."""
    if acts_for_others(request, center_of(request)):
        return picked(request.GET).address("call")
    return "home"
