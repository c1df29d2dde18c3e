"""For staff: which schools were asked, who has not answered; the management asks, now or every year."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.forms import DateInput
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from leihwerk.errors import DomainError
from people import once, year_checks
from people.models import Center, YearCheck
from people.permissions import may, require

PAGE = "frontend/year_check/overview.html"
USUAL_TIME = timedelta(days=30)
ROWS = 50


class AskForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Antwort bis"),
        help_text=_("Danach schalten wir Konten ohne Häkchen ab; wem sie gehören, der erfährt es vorher."),
        widget=DateInput,
    )


class PlanForm(forms.Form):
    depending = ("on", "until")

    on = forms.DateField(label=_("Jedes Jahr fragen am"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Antwort jeweils bis"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and (said.get("on") is None) != (said.get("until") is None):
            raise forms.ValidationError(_("Bitte füllen Sie beide Tage aus, oder keinen."))
        return said


@login_required
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "members.leave", on=center)
    return render(request, PAGE, _context(request, center))


@login_required
@require_POST
def ask(request: MemberRequest) -> HttpResponse:
    center = _kept_center(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {**_context(request, center), "ask": form}, status=422)
    try:
        asked = once.run(lambda: year_checks.ask(center, ends_on=form.cleaned_data["ends_on"], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, {**_context(request, center), "ask": form})
    told = ngettext("{n} Schule bekommt jetzt einen Brief.", "{n} Schulen bekommen jetzt einen Brief.", len(asked))
    messages.success(request, told.format(n=len(asked)))
    return see_other("year_checks")


@login_required
@require_POST
def plan(request: MemberRequest) -> HttpResponse:
    center = _kept_center(request)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {**_context(request, center), "plan": form}, status=422)
    on, until = form.cleaned_data["on"], form.cleaned_data["until"]
    try:
        once.run(lambda: year_checks.plan(center, on=on, ends_on=until, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, {**_context(request, center), "plan": form})
    messages.success(request, _("Gespeichert."))
    return see_other("year_checks")


def _context(request: MemberRequest, center: Center) -> dict[str, Any]:
    today = timezone.localdate()
    year = year_checks.school_year_of(today)
    asked = YearCheck.objects.visible_to(request.user).filter(center=center, school_year=year)
    may_keep = may(request.user, "institutions.keep", on=center)
    return {
        "may_keep": may_keep,
        "reached": year_checks.reached(center, today=today),
        "school_year": f"{year}/{(year + 1) % 100:02d}",
        "asked_count": asked.count(),
        "silent": shown_page(request, asked.unanswered().select_related("institution"), ROWS),
        "ends_on": asked.order_by("ends_on").values_list("ends_on", flat=True).last(),
        "is_over": asked.filter(ends_on__gte=today).first() is None,
        "ask": AskForm(initial={"ends_on": _usual_end(today)}),
        "plan": PlanForm(initial={"on": center.year_check_on, "until": center.year_check_ends_on}),
        "center": center,
    }


def _usual_end(today: date) -> date:
    """30 September while that is near enough, else in a month."""
    september = today.replace(month=9, day=30)
    return september if USUAL_TIME / 2 <= september - today <= USUAL_TIME * 3 else today + USUAL_TIME


def _kept_center(request: MemberRequest) -> Center:
    center = own_center(request)
    require(request.user, "institutions.keep", on=center)
    return center
