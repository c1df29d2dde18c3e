"""Ausleihen: what is out, what is late, and what the desk agrees on the phone."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.forms import DateInput
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.templatetags.german import day
from frontend.views.letters.standing import tellings
from lending.calendars import return_moment
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.overdue import note_said_back, promise_back
from lending.renewals import longest_renewal
from lending.returns import drop_off
from people.models import Intent, JournalEntry
from people.once import run
from people.permissions import may, require

#: The journal's verbs in the words of the page.
DEEDS = {
    "loan.handed_over": _("ausgegeben"),
    "loan.renewed": _("verlängert"),
    "loan.promised_back": _("Am Telefon vereinbart"),
    "loan.said_back": _("angeblich zurückgegeben"),
    "loan.dropped_off": _("abgegeben, ungeprüft"),
    "loan.returned": _("zurück"),
    "loan.checked": _("geprüft"),
}


class PromiseForm(forms.Form):
    expected_on = forms.DateField(label=_("Zugesagt für"), widget=DateInput)


@login_required
@require_safe
def loans(request: MemberRequest) -> HttpResponse:
    require(request.user, "desk.see")
    now = timezone.now()
    mode, words = request.GET.get("show", ""), request.GET.get("search", "").strip()
    rows = _found(Loan.objects.visible_to(request.user).open(), words)
    context = {
        "now": now,
        "mode": mode,
        "words": words,
        "overdue_count": rows.overdue(now).count(),
        "searched_count": rows.searched().count(),
        "shown": shown_page(
            request,
            _narrowed(rows, mode, now).select_related("item__product", "institution", "responsible", "contact"),
        ),
    }
    return render(request, "frontend/desk/loans.html", context)


@login_required
@require_safe
def loan(request: MemberRequest, pk: int) -> HttpResponse:
    """One loan with what happened and what was written about it."""
    seen = Loan.objects.visible_to(request.user).select_related("item__product", "institution", "handover")
    shown = get_object_or_404(seen, pk=pk)
    now = timezone.now()
    is_staff = may(request.user, "lending.take_back", on=shown)
    context: dict[str, Any] = {
        "loan": shown,
        "now": now,
        "is_overdue": shown.is_overdue(now),
        "renewable_until": longest_renewal(shown, now),
        "is_staff": is_staff,
        "letters": tellings(Intent.objects.visible_to(request.user).about(shown).select_related("letter")),
        "history": _deeds(shown) if is_staff else (),
        "promise_form": PromiseForm(),
    }
    return render(request, "frontend/desk/loan.html", context)


def _deeds(loan: Loan) -> list[tuple[Any, datetime]]:
    return [(DEEDS[entry.verb], entry.at) for entry in JournalEntry.objects.about(loan) if entry.verb in DEEDS]


@login_required
@require_POST
def loan_promise(request: MemberRequest, pk: int) -> HttpResponse:
    """The desk was told on the phone when it comes."""
    shown = _loan(request, pk)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _now("Bitte geben Sie einen Tag an."))
        return see_other("loan", shown.pk)
    moment: datetime = return_moment(shown.institution, form.cleaned_data["expected_on"])
    run(lambda: promise_back(shown, at=moment, by=request.user))
    messages.success(request, _now("Zugesagt für {day}. Bis dahin schreiben wir nicht.").format(day=day(moment)))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_said_back(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk)
    run(lambda: note_said_back(shown, by=request.user))
    messages.success(request, _now("Steht auf der Suchliste. Zwei Öffnungstage lang schreiben wir nicht."))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_drop_off(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk)
    run(lambda: drop_off(shown, by=request.user))
    messages.success(request, _now("Als abgegeben notiert, noch ungeprüft."))
    return see_other("loan", shown.pk)


def _loan(request: MemberRequest, pk: int) -> Loan:
    shown = get_object_or_404(Loan.objects.visible_to(request.user).open(), pk=pk)
    require(request.user, "lending.take_back", on=shown)
    return shown


def _narrowed(rows: LoanQuerySet, mode: str, now: datetime) -> LoanQuerySet:
    if mode == "overdue":
        return rows.overdue(now)
    return rows.searched() if mode == "searched" else rows


def _found(rows: LoanQuerySet, words: str) -> LoanQuerySet:
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(item__asset_number__icontains=word)
            | Q(item__product__name__icontains=word)
            | Q(institution__name__icontains=word)
            | Q(institution__short_name__icontains=word)
        )
    return rows


urlpatterns = [
    path("", loans, name="loans"),
    path("<int:pk>/", loan, name="loan"),
    path("<int:pk>/zugesagt/", loan_promise, name="loan_promise"),
    path("<int:pk>/angeblich-zurueck/", loan_said_back, name="loan_said_back"),
    path("<int:pk>/abgegeben/", loan_drop_off, name="loan_drop_off"),
]
