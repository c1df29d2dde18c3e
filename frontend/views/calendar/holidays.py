"""School holidays: from a file, or one after the other."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest
from frontend.views.calendar.forms import FoundForm, HolidayForm, HolidaysFileForm
from frontend.views.calendar.overview import PAGE, shown
from leihwerk.errors import DomainError
from leihwerk.tables.limits import check_bytes
from lending import rules
from people import once
from people.calendar import Holidays
from people.holidays_import import holidays_in
from people.models import Center, SchoolHoliday
from people.permissions import require


def _center(request: MemberRequest) -> Center:
    center = own_center(request)
    require(request.user, "calendar.keep", on=center)
    return center


@login_required
@require_POST
def add(request: MemberRequest) -> HttpResponse:
    center = _center(request)
    form = HolidayForm(request.POST, prefix="holiday")
    if not form.is_valid():
        return render(request, PAGE, shown(center, holiday_form=form), status=422)
    try:
        once.run(lambda: rules.add_school_holidays(center, [form.holidays()], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, shown(center, holiday_form=form))
    messages.success(request, _("Gespeichert."))
    return see_other("calendar")


@login_required
@require_POST
def read(request: MemberRequest) -> HttpResponse:
    """Shows what a file says; nothing is kept yet."""
    center = _center(request)
    form = HolidaysFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, shown(center, file_form=form), status=422)
    file = form.cleaned_data["file"]
    try:
        check_bytes(file.size)
        found = holidays_in(file.read())
    except DomainError as refusal:
        return refused(request, refusal, PAGE, shown(center, file_form=form))
    context = {"name": file.name, "found": found, "replaced": _replaced(center, found), "form": _as_form(found)}
    return render(request, "frontend/calendar/holidays_found.html", context)


@login_required
@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    center = _center(request)
    form = FoundForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Das konnten wir nicht lesen. Bitte laden Sie die Datei noch einmal hoch."))
        return see_other("calendar")
    found = form.cleaned_data["holidays"]
    try:
        once.run(lambda: rules.add_school_holidays(center, found, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, shown(center))
    told = ngettext("{n} Ferienzeit übernommen.", "{n} Ferienzeiten übernommen.", len(found))
    messages.success(request, told.format(n=len(found)))
    return see_other("calendar")


@login_required
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SchoolHoliday.objects.visible_to(request.user).select_related("center"), pk=pk)
    require(request.user, "calendar.keep", on=row)
    once.run(lambda: rules.drop_school_holiday(row, by=request.user))
    messages.success(request, _("{name} ist entfernt.").format(name=row.name))
    return see_other("calendar")


def _replaced(center: Center, found: list[Holidays]) -> list[SchoolHoliday]:
    first, last = found[0].starts_on, max(it.ends_on for it in found)
    rows = center.school_holidays.filter(starts_on__lte=last, ends_on__gte=first)
    return [row for row in rows if any(it.starts_on <= row.ends_on and row.starts_on <= it.ends_on for it in found)]


def _as_form(found: list[Holidays]) -> FoundForm:
    rows = [[it.starts_on.isoformat(), it.ends_on.isoformat(), it.name, it.is_summer] for it in found]
    return FoundForm(initial={"holidays": json.loads(json.dumps(rows))})
