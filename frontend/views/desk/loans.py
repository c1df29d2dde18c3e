"""Ausleihen: what is out, what is late, and what is searched."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.desk.agreeing import PauseForm, PromiseForm
from frontend.views.letters.history import next_of
from frontend.views.letters.standing import tellings
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.overdue import BY_PHONE
from lending.renewals import longest_renewal
from lending.searching import BY_LINK
from people.models import Intent, JournalEntry
from people.permissions import may, require

#: The journal's verbs in the words of the page.
DEEDS = {
    "loan.handed_over": _("ausgegeben"),
    "loan.renewed": _("verlängert"),
    "loan.promised_back": _("Rückgabe zugesagt"),
    "loan.said_back": _("angeblich zurückgegeben"),
    "loan.not_found": _("gesucht, nicht gefunden"),
    "loan.reminders_paused": _("Erinnerungen ausgesetzt"),
    "loan.reminders_resumed": _("Erinnerungen gehen weiter"),
    "loan.reminded_by_hand": _("Erinnerung von Hand gesendet"),
    "loan.dropped_off": _("abgegeben, ungeprüft"),
    "loan.returned": _("zurück"),
    "loan.checked": _("geprüft"),
}

WAYS = {BY_LINK: _("über den Link im Brief"), BY_PHONE: _("am Telefon")}


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
        "searched_count": Loan.objects.visible_to(request.user).searched().count(),
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
    seen = Loan.objects.visible_to(request.user).select_related("item__product", "institution", "handover", "center")
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
        "next": next_of(shown, now) if shown.returned_at is None else None,
        "history": _deeds(shown) if is_staff else (),
        "promise_form": PromiseForm(),
        "pause_form": PauseForm(),
    }
    return render(request, "frontend/desk/loan.html", context)


def _deeds(loan: Loan) -> list[tuple[Any, Any, datetime]]:
    """What happened, by which way if not at the desk, and when."""
    entries = [entry for entry in JournalEntry.objects.about(loan) if entry.verb in DEEDS]
    return [(DEEDS[entry.verb], WAYS.get(entry.facts.get("channel")), entry.at) for entry in entries]


def _narrowed(rows: LoanQuerySet, mode: str, now: datetime) -> LoanQuerySet:
    if mode == "overdue":
        return rows.overdue(now)
    return rows


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
    path("", include("frontend.views.desk.searching")),
    path("<int:pk>/", loan, name="loan"),
    path("", include("frontend.views.desk.agreeing")),
]
