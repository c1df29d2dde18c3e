"""Seats: who has a slot of what is counted, and who gets the next one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import SearchForm
from inventory.labels import item_for
from inventory.models import Item
from inventory.search import sort_key_of
from leihwerk.errors import DomainError
from licenses import seats
from licenses.coverage import coverages
from licenses.models import CapacityKind, Entitlement, Seat
from licenses.models.seat import SeatQuerySet
from people import once
from people.models import Institution, User
from people.permissions import may, require

PAGE = "frontend/licenses/seats.html"
ROWS = 50
ASKED = {
    CapacityKind.NAMED: gettext_lazy("E-Mail-Adresse der Person"),
    CapacityKind.DEVICES: gettext_lazy("Inventarnummer oder Code des Geräts"),
    CapacityKind.COPIES: gettext_lazy("Inventarnummer oder Code des Datenträgers"),
}
OF_INSTITUTIONS = {CapacityKind.SCHOOLS, CapacityKind.CLASSES}
GIVEN = {*ASKED, *OF_INSTITUTIONS}


class SeatForm(forms.Form):
    """Who or what gets the next slot, by what is counted."""

    def __init__(self, entitlement: Entitlement, institutions: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entitlement = entitlement
        kind = CapacityKind(entitlement.capacity_kind)
        if kind in ASKED:
            self.fields["holder"] = forms.CharField(label=ASKED[kind], max_length=254)
        if kind in OF_INSTITUTIONS:
            self.fields["holder"] = forms.ModelChoiceField(
                label=_("Einrichtung"), queryset=institutions, empty_label=_("Bitte wählen")
            )
        if kind == CapacityKind.CLASSES:
            self.fields["class_name"] = forms.CharField(label=_("Klasse"), max_length=20)

    def clean_holder(self) -> User | Item | Institution:
        said = self.cleaned_data["holder"]
        if isinstance(said, Institution):
            return said
        center = self.entitlement.center
        if self.entitlement.capacity_kind == CapacityKind.NAMED:
            acting = seats.acting_in(center.pk).filter(user__email__iexact=said.strip()).select_related("user").first()
            if acting is None:
                raise forms.ValidationError(_("Mit dieser Adresse ist hier niemand freigeschaltet."), code="unknown")
            return acting.user
        try:
            return item_for(said, center)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """The seats of an entitlement, and a form that gives the next one."""
    seen = Entitlement.objects.visible_to(request.user).select_related(
        "period__contract", "medium", "package", "center"
    )
    found = get_object_or_404(seen, pk=pk)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=found)
    institutions = Institution.objects.visible_to(request.user).filter(center=found.center_id).open()
    form = SeatForm(found, institutions, sent(request))
    held, words = found.seats.given(), SearchForm(request.GET)
    kept = found.seats.held().kept().select_related("institution")
    context = {
        "entitlement": found,
        "contract": found.period.contract,
        "words": words,
        "held": held.count(),
        "shown": shown_page(request, _searched(held, words), ROWS),
        "kept": shown_page(request, kept.order_by("held_at", "slot"), ROWS, name="kept"),
        "form": form,
        "coverage": coverages([found]).get(found.pk),
        "may_keep": may(request.user, "licenses.keep", on=found),
        "is_given": found.capacity_kind in GIVEN,
    }
    if request.method != "POST":
        return render(request, PAGE, context)
    if found.capacity_kind not in GIVEN:
        messages.error(request, _("Diese Plätze vergibt niemand von Hand."))
        return see_other("seats", pk=pk)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    said = form.cleaned_data
    try:
        once.run(lambda: seats.assign(found, to=said["holder"], class_name=said.get("class_name", ""), by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Der Platz ist vergeben."))
    return see_other("seats", pk=pk)


def _searched(held: SeatQuerySet, words: SearchForm) -> SeatQuerySet:
    """By whoever or whatever has it."""
    wanted = words.cleaned_data["search"].split() if words.is_valid() else []
    for word in wanted:
        has = Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(class_name__icontains=word)
        has |= Q(institution__sort_name__contains=sort_key_of(word)) | Q(item__product__name__icontains=word)
        held = held.filter(has)
    return held.select_related("user", "institution", "item__product")


@login_required
@require_POST
def release(request: MemberRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.visible_to(request.user).given(), pk=pk)
    require(request.user, "licenses.keep", on=seat)
    once.run(lambda: seats.release(seat, by=request.user))
    messages.success(request, _("Der Platz ist frei."))
    return see_other("seats", pk=seat.entitlement_id)


@login_required
@require_POST
def buy(request: MemberRequest, pk: int) -> HttpResponse:
    """Set how many there are."""
    found = get_object_or_404(Entitlement.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=found)
    said = request.POST.get("capacity", "")
    if not (said.isascii() and said.isdigit() and int(said) <= MOST):
        messages.error(request, _("Bitte geben Sie an, wie viele Plätze es sind."))
        return see_other("seats", pk=pk)
    try:
        once.run(lambda: seats.set_capacity(found, capacity=int(said), by=request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Gespeichert."))
    return see_other("seats", pk=pk)


MOST = 1_000_000
