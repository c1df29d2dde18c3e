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
from frontend.requests import MemberRequest
from frontend.selection import Selection
from frontend.standing import acts_for_others, own_institutions
from frontend.templatetags.german import clock, day
from frontend.views.reserving.lines import Pick, picks, usual_return, whole_period
from frontend.views.reserving.picking import picked
from frontend.ways_out import ways_out
from leihwerk.errors import DomainError
from lending import reasons, reservations
from lending.models import Delivery, Reservation, State
from people import once
from people.models import Institution
from people.permissions import require


class SendForm(forms.Form):
    """What the desk needs to know beyond what and when."""

    institution = forms.ModelChoiceField(label=_("Für"), queryset=Institution.objects.none(), empty_label=None)
    purpose = forms.CharField(
        label=_("Wofür?"),
        required=False,
        max_length=200,
        help_text=_("Zum Beispiel: Projektwoche, Klasse 3b. Bitte keine Namen von Kindern."),
    )
    delivery = forms.ChoiceField(label=_("Übergabe"), choices=Delivery.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        field.queryset = Institution.objects.filter(pk__in=[it.pk for it in institutions])
        if len(institutions) == 1:
            field.widget = forms.HiddenInput()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: MemberRequest) -> HttpResponse:
    """GET carries what was picked in its address, so that adding, changing and going back are only links."""
    institutions = own_institutions(request)
    if not institutions:
        return see_other(_desk_instead(request))
    selection = picked(request.GET)
    if request.method == "POST":
        return _send(request, selection, institutions)
    form = SendForm(
        institutions=institutions,
        initial={"institution": institutions[0], "delivery": Delivery.PICKUP},
    )
    return render(request, "frontend/reserving/reserve.html", _context(request, selection, form, institutions[0]))


def _send(request: MemberRequest, selection: Selection, institutions: list[Institution]) -> HttpResponse:
    form = SendForm(request.POST, institutions=institutions)
    institution = form.cleaned_data["institution"] if form.is_valid() else institutions[0]
    context = _context(request, selection, form, institution)
    lines: list[Pick] = context["lines"]
    if not form.is_valid() or not context["may_send"]:
        return render(request, "frontend/reserving/reserve.html", context, status=422)
    require(request.user, "lending.reserve", on=institution)
    starts_at, ends_at = whole_period(lines)
    try:
        reservation = once.run(
            lambda: reservations.place(
                institution,
                wishes=[line.as_wish() for line in lines],
                starts_at=starts_at,
                ends_at=ends_at,
                by=request.user,
                responsible=request.user,
                purpose=form.cleaned_data["purpose"],
                delivery=form.cleaned_data["delivery"],
            )
        )
    except DomainError as refusal:
        ways = ways_out(refusal, selection)
        return refused(request, refusal, "frontend/reserving/reserve.html", {**context, "ways": ways})
    _say_thanks(request, reservation, context["why"])
    return see_other("reservation", pk=reservation.pk)


def _context(request: MemberRequest, selection: Selection, form: SendForm, institution: Institution) -> dict[str, Any]:
    lines = picks(selection, request.user, institution)
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
