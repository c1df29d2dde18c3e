"""What one does to a reservation or a loan: one verb each."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.answers import fragment, see_other, way_back
from frontend.forms import DateInput
from frontend.requests import MemberRequest
from frontend.templatetags.german import day
from frontend.views.reservations.showing import loan_row, reservation_context
from lending import renewals, reservations
from lending.calendars import return_moment
from lending.models import Loan, Reservation
from people import once
from people.permissions import require


class ExtendForm(forms.Form):
    until = forms.DateField(label=_("Rückgabe bis"), widget=DateInput)


def _found(request: MemberRequest, pk: int, verb: str) -> Reservation:
    """Raises Http404, NotPermitted."""
    visible = Reservation.objects.visible_to(request.user).select_related("center", "institution")
    reservation = get_object_or_404(visible, pk=pk)
    require(request.user, verb, on=reservation)
    return reservation


@login_required
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    reservation = _found(request, pk, "lending.cancel")
    once.run(lambda: reservations.cancel(reservation, by=request.user))
    messages.success(request, _("{number} ist storniert.").format(number=reservation.number))
    return see_other("reservation", pk=pk)


@login_required
@require_POST
def extend(request: MemberRequest, pk: int) -> HttpResponse:
    reservation = _found(request, pk, "lending.change")
    form = ExtendForm(request.POST)
    if not form.is_valid():
        context = {**reservation_context(request, pk), "extend_form": form}
        return render(request, "frontend/reservations/reservation.html", context, status=422)
    until = return_moment(reservation.institution, form.cleaned_data["until"])
    once.run(lambda: reservations.extend(reservation, until=until, by=request.user))
    messages.success(request, _("Gespeichert. Rückgabe jetzt bis {day}").format(day=day(until)))
    return see_other("reservation", pk=pk)


@login_required
@require_POST
def renew(request: MemberRequest, pk: int) -> HttpResponse:
    """By another loan period, as the button said."""
    loan = get_object_or_404(Loan.objects.visible_to(request.user), pk=pk)
    require(request.user, "lending.renew", on=loan)
    loan = once.run(lambda: renewals.renew(loan, by=request.user))
    messages.success(request, _("Verlängert. Rückgabe jetzt bis {day}").format(day=day(loan.due_at)))
    if request.htmx:
        row = loan_row(loan, request.user, timezone.now())
        return fragment(request, "frontend/loans/_loan.html", {"row": row})
    return see_other(way_back(request, "my_reservations"))
