"""The school card: everything the desk wants to know when the phone rings."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import fragment, see_other
from frontend.requests import MemberRequest
from frontend.states import standing, standing_of_loans, with_loans
from frontend.views.letters.addresses import refusal_of
from frontend.views.letters.history import told_and_to_come
from frontend.views.reservations.listing import IS_CURRENT, WAS_OUT
from frontend.views.reservations.showing import with_things
from lending.models import Loan, Reservation, Suspension
from people import institutions, once
from people.models import Contact, Institution, Letter, Membership, User
from people.permissions import may, require

RECENT = 12


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Notiz zur Einrichtung"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Zum Beispiel: Lieferung nur bis 9 Uhr. Nichts über einzelne Personen."),
    )


def institution_of(request: MemberRequest, pk: int) -> Institution:
    """Raises Http404 for what somebody may not see."""
    visible = Institution.objects.visible_to(request.user).select_related("center", "parent")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "items.see", on=institution)
    return render(request, "frontend/institutions/institution.html", card_context(institution, request.user))


def card_context(institution: Institution, user: User, now: datetime | None = None) -> dict[str, Any]:
    now = now or timezone.now()
    loans = with_things(Loan.objects.visible_to(user).filter(institution=institution))
    coming = Reservation.objects.visible_to(user).filter(IS_CURRENT, ~WAS_OUT, institution=institution)
    open_loans = [(loan, standing_of_loans([loan], now)) for loan in loans.open().order_by("due_at")]
    members = Membership.objects.visible_to(user).filter(institution=institution).select_related("user")
    return {
        "institution": institution,
        "suspensions": Suspension.objects.visible_to(user)
        .in_force(now)
        .filter(institution=institution)
        .select_related("category"),
        "open_loans": open_loans,
        "overdue_count": sum(1 for loan, _standing in open_loans if loan.is_overdue(now)),
        "coming": [(row, standing(row, now)) for row in with_loans(coming.order_by("starts_at"))],
        "recent": loans.filter(returned_at__isnull=False).order_by("-returned_at")[:RECENT],
        "contacts": Contact.objects.visible_to(user).filter(institution=institution, left_on__isnull=True),
        "members": members.active().order_by("user__name"),
        "waiting": members.waiting(),
        **told_and_to_come(institution, Letter.objects.visible_to(user).filter(institution=institution), now),
        "refusal_of_mail": refusal_of(institution) if may(user, "letters.send", on=institution) else None,
        "note_form": NoteForm(initial={"note": institution.note}),
        "may_note": may(user, "institutions.note", on=institution),
        "may_keep": may(user, "institutions.keep", on=institution),
        "may_activate": may(user, "members.activate", on=institution),
        "may_keep_contacts": may(user, "contacts.keep", on=institution),
    }


@login_required
@require_POST
def note(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "institutions.note", on=institution)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {**card_context(institution, request.user), "note_form": form}
        return render(request, "frontend/institutions/institution.html", context, status=422)
    institution = once.run(lambda: institutions.note(institution, note=form.cleaned_data["note"], by=request.user))
    messages.success(request, _("Gespeichert."))
    if request.htmx:
        context = {"institution": institution, "note_form": form, "may_note": True}
        return fragment(request, "frontend/institutions/_note.html", context)
    return see_other("institution", pk=pk)
