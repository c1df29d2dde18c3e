"""Ausgabe: an open slip, one loan a scan, extras, and the end of it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.acting import act_once
from frontend.answers import see_other
from frontend.errors import refused
from frontend.forms import DateInput
from frontend.reading import row_id
from frontend.requests import MemberRequest, sent
from frontend.views.desk.answers import Answer, answered, of_refusal
from frontend.views.desk.scan_box import begin
from inventory.models import Item
from leihwerk.errors import DomainError
from lending import slips
from lending.calendars import return_moment
from lending.handovers import add_extra, finish, hand_over, open_handover, undo
from lending.models import Allocation, AllocationKind, Handover, Loan, Reservation
from lending.refusals import InstitutionSuspended, ItemIsOut, ItemIsPromised, NeedsCheck, NotInReservation
from lending.rulebook import Rulebook
from lending.scanning import resolve
from people.models import Contact, Institution
from people.once import run
from people.permissions import may, require


class OpeningForm(forms.Form):
    """Who takes things along without a reservation, and until when."""

    contact = forms.ModelChoiceField(Contact.objects.none(), label=_("Ansprechperson"), required=False)
    due_on = forms.DateField(label=_("Zurück bis"), widget=DateInput)
    collected_by = forms.CharField(label=_("Abgeholt von"), max_length=120, required=False)
    identity_shown = forms.BooleanField(label=_("Ausweis gesehen"), required=False)
    authority_shown = forms.BooleanField(label=_("Vollmacht gesehen"), required=False)

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = Contact.objects.filter(institution=institution, left_on=None)  # type: ignore[attr-defined]  # a ModelChoiceField


class ExtraForm(forms.Form):
    name = forms.CharField(label=_("Zubehör ohne Etikett"), max_length=120)
    quantity = forms.IntegerField(label=_("Anzahl"), min_value=1, max_value=999, initial=1)


@login_required
@require_http_methods(["GET", "POST"])
def handover_new(request: MemberRequest) -> HttpResponse:
    """A slip without a reservation."""
    wanted = request.GET.get("institution") or request.POST.get("institution") or "0"
    seen = Institution.objects.visible_to(request.user)
    institution = get_object_or_404(seen, pk=row_id(wanted))
    require(request.user, "lending.hand_over", on=institution)
    initial = {"due_on": timezone.localdate(Rulebook.of(institution.center).due_at(institution, timezone.now()).at)}
    form = OpeningForm(sent(request), institution=institution, initial=initial)
    context = {"form": form, "institution": institution}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "frontend/desk/handover_new.html", context, status=status)
    fields = dict(form.cleaned_data)
    moment = return_moment(institution, fields.pop("due_on"))
    try:
        handover = run(lambda: open_handover(institution, by=request.user, due_at=moment, **fields))
    except DomainError as refusal:
        return refused(request, refusal, "frontend/desk/handover_new.html", context)
    return see_other("handover", handover.pk)


@login_required
@require_POST
def handover_begin(request: MemberRequest, pk: int) -> HttpResponse:
    """From the list of today's pickups."""
    reservation = get_object_or_404(Reservation.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.hand_over", on=reservation)
    return run(lambda: begin(request, reservation))


@login_required
@require_safe
def handover(request: MemberRequest, pk: int) -> HttpResponse:
    opened = _slip(request, pk)
    return render(request, "frontend/desk/handover.html", {**_work(request, opened), "key": uuid.uuid4()})


@login_required
@require_POST
def handover_scan(request: MemberRequest, pk: int) -> HttpResponse:
    """One scan, one loan. ``add`` and ``override`` are the ways out that the answer before has offered."""
    opened = _slip(request, pk)
    code = request.POST.get("code", "")
    return act_once(
        request,
        lambda: _hand_over(request, opened, code),
        refuse=lambda refusal: _told(request, opened, of_refusal(refusal, code, _ways_out(request, opened, refusal))),
    )


@login_required
@require_POST
def handover_extra(request: MemberRequest, pk: int) -> HttpResponse:
    opened = _slip(request, pk)
    form = ExtraForm(request.POST)
    if not form.is_valid():
        context = {**_work(request, opened), "extra_form": form, "key": uuid.uuid4()}
        return render(request, "frontend/desk/handover.html", context, status=422)
    run(lambda: add_extra(opened, by=request.user, **form.cleaned_data))
    return see_other("handover", opened.pk)


@login_required
@require_POST
def handover_finish(request: MemberRequest, pk: int) -> HttpResponse:
    done = run(lambda: finish(_slip(request, pk), by=request.user))
    words = _now("Gespeichert. {n} Geräte ausgegeben an {institution}. Leihschein: {number}.")
    messages.success(request, words.format(n=done.loans.count(), institution=done.institution, number=done.number))
    return see_other("handover", done.pk)


@login_required
@require_safe
def slip(request: MemberRequest, pk: int) -> HttpResponse:
    """The slip to print, in two copies."""
    printed = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    return HttpResponse(slips.pdf(printed), "application/pdf")


@login_required
@require_POST
def loan_undo(request: MemberRequest, pk: int) -> HttpResponse:
    loan = get_object_or_404(Loan.objects.visible_to(request.user).open(), pk=pk)
    require(request.user, "lending.hand_over", on=loan)
    number = loan.handover_id
    run(lambda: undo(loan, by=request.user))
    messages.success(request, _now("Rückgängig gemacht: {item}.").format(item=loan.item))
    return see_other("handover", number)


def _slip(request: MemberRequest, pk: int) -> Handover:
    seen = Handover.objects.visible_to(request.user).select_related("institution", "reservation", "contact")
    slip = get_object_or_404(seen, pk=pk)
    require(request.user, "lending.hand_over", on=slip)
    return slip


def _hand_over(request: MemberRequest, slip: Handover, code: str) -> HttpResponse:
    found = resolve(code, user=request.user)
    if not isinstance(found.object, Item):
        words = str(found.sentence) or _now("Das ist kein Gerät.")
        return _told(request, slip, Answer(words, "danger", code=code))
    item = found.object
    planned = Allocation.objects.filter(line__reservation=slip.reservation_id, item=item, kind=AllocationKind.PLAN)
    was_planned = slip.reservation_id is None or planned.exists()
    override = "override" in request.POST
    if override:
        require(request.user, "lending.hand_over_promised", on=slip)
    loan = hand_over(slip, item, by=request.user, add="add" in request.POST, override=override)
    detail = item.product.name if was_planned else _now("Getauscht oder dazugenommen: {item}.").format(item=item)
    return _told(request, slip, Answer(_now("Ausgegeben: {item}.").format(item=item), detail=detail, loan=loan))


def _ways_out(request: MemberRequest, slip: Handover, refusal: DomainError) -> tuple[tuple[str, Any], ...]:
    if isinstance(refusal, NotInReservation) and not refusal.facts["is_kept"]:
        return (("add", _("Dazunehmen")),)
    if isinstance(refusal, ItemIsPromised | ItemIsOut | NeedsCheck | InstitutionSuspended) and may(
        request.user, "lending.hand_over_promised", on=slip
    ):
        return (("override", _("Trotzdem ausgeben")),)
    return ()


def _work(request: MemberRequest, slip: Handover) -> dict[str, Any]:
    planned = Allocation.objects.holding().filter(line__reservation=slip.reservation_id, kind=AllocationKind.PLAN)
    return {
        "slip": slip,
        "loans": slip.loans.select_related("item__product").order_by("-pk"),
        "extras": slip.extras.all(),
        "planned": planned.select_related("item__product", "item__location") if slip.reservation_id else (),
        "extra_form": ExtraForm(),
    }


def _told(request: MemberRequest, slip: Handover, answer: Answer) -> HttpResponse:
    page = f"/theke/ausgabe/{slip.pk}/"
    return answered(request, answer, "frontend/desk/_slip.html", _work(request, slip), page)


urlpatterns = [
    path("neu/", handover_new, name="handover_new"),
    path("beginnen/<int:pk>/", handover_begin, name="handover_begin"),
    path("<int:pk>/", handover, name="handover"),
    path("<int:pk>/leihschein.pdf", slip, name="slip"),
    path("<int:pk>/scan/", handover_scan, name="handover_scan"),
    path("<int:pk>/zubehoer/", handover_extra, name="handover_extra"),
    path("<int:pk>/fertig/", handover_finish, name="handover_finish"),
    path("rueckgaengig/<int:pk>/", loan_undo, name="loan_undo"),
]
