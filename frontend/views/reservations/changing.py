"""What one does to a reservation or a loan: one verb each."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import fragment, see_other, way_back
from frontend.errors import refused
from frontend.reading import fields_of
from frontend.requests import MemberRequest, sent
from frontend.templatetags.german import day
from frontend.views.reservations.change_form import ChangeForm
from frontend.views.reservations.showing import loan_rows, open_units
from frontend.ways_out import WayOut
from inventory.models import Product
from leihwerk.errors import DomainError
from lending import renewals, reservations
from lending.due_dates import local_day
from lending.models import Loan, Reservation, State
from people import once
from people.permissions import may, require

THIS, FOLLOWING = "this", "following"
PAGE = "frontend/reservations/change.html"


def _found(request: MemberRequest, pk: int, verb: str) -> Reservation:
    """Raises Http404, NotPermitted."""
    visible = Reservation.objects.visible_to(request.user).select_related("center", "institution__center")
    reservation = get_object_or_404(visible, pk=pk)
    require(request.user, verb, on=reservation)
    return reservation


@login_required
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """This date; or, of a repeated reservation, those to come or all of them, as far as they are one's own."""
    reservation = _found(request, pk, "lending.cancel")
    scope = request.POST.get("scope", THIS)
    if scope == THIS or reservation.series is None:
        once.run(lambda: reservations.cancel(reservation, by=request.user))
        messages.success(request, _("{number} ist storniert.").format(number=reservation.number))
        return see_other("reservation", pk=pk)
    dates = Reservation.objects.visible_to(request.user).open().filter(series=reservation.series)
    if scope == FOLLOWING:
        dates = dates.filter(starts_at__gte=reservation.starts_at)
    mine = [date for date in dates if may(request.user, "lending.cancel", on=date)]
    canceled = len(once.run(lambda: reservations.cancel_series(mine, by=request.user)))
    said = ngettext("{n} Termin ist storniert.", "{n} Termine sind storniert.", canceled)
    messages.success(request, said.format(n=canceled))
    return see_other("reservation_series", series=reservation.series)


@login_required
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Yes to an offer, or to what is free again."""
    reservation = _found(request, pk, "lending.change")
    accepted = once.run(lambda: reservations.accept(reservation, by=request.user))
    words = {
        State.APPROVED.value: _("{number} ist bestätigt."),
        State.REQUESTED.value: _("Ihre Anfrage {number} ist bei uns."),
    }[accepted.state]
    messages.success(request, words.format(number=accepted.number))
    return see_other("reservation", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Days, quantities, lines. A way out sends the same form again, with other values."""
    reservation = _found(request, pk, "lending.change")
    products = Product.objects.visible_to(request.user).listed().filter(center=reservation.center_id)
    form = ChangeForm(reservation, products, fields_of(request) if request.method == "POST" else None)
    context = {"form": form, "reservation": reservation}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    asked = form.as_change()
    try:
        changed = once.run(lambda: reservations.change(reservation, **asked, by=request.user))
    except DomainError as refusal:
        ways = list(_ways_out(refusal, form))
        return refused(request, refusal, PAGE, {**context, "ways": ways})
    _say_what_holds(request, changed)
    return see_other("reservation", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: MemberRequest, pk: int) -> HttpResponse:
    reservation = _found(request, pk, "lending.change")
    form = SplitForm(reservation, sent(request))
    context = {"form": form, "reservation": reservation}
    if request.method != "POST" or not form.is_valid():
        page = "frontend/reservations/split.html"
        return render(request, page, context, status=200 if request.method != "POST" else 422)
    new = once.run(lambda: reservations.split(reservation, units=form.units(), by=request.user))
    said = _("{old} ist geteilt. Hier ist der neue Teil, {new}: Er lässt sich für sich ändern.")
    messages.success(request, str(said).format(old=reservation.number, new=new.number))
    return see_other("reservation", pk=new.pk)


class SplitForm(forms.Form):
    """How many of each line go along; nothing, if nothing is said."""

    def __init__(self, reservation: Reservation, *args: Any) -> None:
        super().__init__(*args)
        for line in reservation.lines.select_related("product").prefetch_related("allocations"):
            if most := open_units(line):
                self.fields[str(line.pk)] = forms.IntegerField(
                    label=str(line.product), min_value=0, max_value=most, initial=0, required=False,
                    help_text=_("von {most}").format(most=most),
                )  # fmt: skip

    def units(self) -> dict[int, int]:
        return {int(pk): number or 0 for pk, number in self.cleaned_data.items()}


@login_required
@require_POST
def renew(request: MemberRequest, pk: int) -> HttpResponse:
    """By another loan period, as the button said."""
    loan = get_object_or_404(Loan.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.renew", on=loan)
    loan = once.run(lambda: renewals.renew(loan, by=request.user))
    messages.success(request, _("Verlängert. Rückgabe jetzt bis {day}").format(day=day(loan.due_at)))
    if request.htmx:
        (row,) = loan_rows([loan], request.user, timezone.now())
        return fragment(request, "frontend/loans/_loan.html", {"row": row})
    return see_other(way_back(request, "my_reservations"))


def _ways_out(refusal: DomainError, form: ChangeForm) -> Iterator[WayOut]:
    """The same form with what would be free. What comes new can only be put off if it has hours of its own."""
    for way in refusal.alternatives:
        kind = way["kind"]
        if kind in {"fewer", "partly"}:
            label = _("{fewer} statt {quantity} nehmen") if kind == "fewer" else _("Nur nehmen, was frei ist")
            facts = {"fewer": way.get("quantity"), "quantity": refusal.facts["quantity"]}
            yield WayOut(str(label).format(**facts), urlencode(dict(_fewer(way, refusal))))
        elif kind == "later" and (form.adds_hours or all("line" in line for line in way["lines"])):
            yield WayOut(_("Ab {day}").format(day=day(way["starts_at"])), urlencode(dict(_later(way))))


def _fewer(way: Any, refusal: DomainError) -> Iterator[tuple[str, Any]]:
    """What is not among what is free stays as it is, or does not come along."""
    free = {line.get("line"): line["quantity"] for line in way["lines"]}
    for offer in refusal.facts["lines"]:
        if offer.line:
            yield f"{offer.line}-quantity", free.get(offer.line, 0)
        else:
            yield ("more", free[None]) if None in free else ("product", "")


def _later(way: Any) -> Iterator[tuple[str, Any]]:
    for line in way["lines"]:
        prefix = f"{line['line']}-" if "line" in line else ""
        starts_on, ends_on = local_day(line["starts_at"]), local_day(line["ends_at"])
        yield f"{prefix}on", starts_on
        if prefix:
            yield f"{prefix}starts_on", starts_on
            yield f"{prefix}ends_on", ends_on


def _say_what_holds(request: MemberRequest, changed: Reservation) -> None:
    if changed.state == "requested":
        messages.success(request, _("Gespeichert. Wir prüfen die Änderung und antworten Ihnen bald."))
    else:
        said = _("Gespeichert. Abholung: {starts}. Rückgabe bis {ends}")
        messages.success(request, str(said).format(starts=day(changed.starts_at), ends=day(changed.ends_at)))
