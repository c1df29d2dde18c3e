"""All that decides on which days somebody is there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.requests import MemberRequest
from frontend.views.calendar.forms import HolidayForm, HolidaysFileForm
from lending.calendars import public_holidays
from people.letters import opening
from people.models import Center
from people.permissions import require

PAGE = "frontend/calendar/overview.html"


@login_required
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "calendar.keep", on=center)
    return render(request, PAGE, shown(center))


def shown(center: Center, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    free = public_holidays(center.land, today.year, get_language() or "de")
    coming = [(day, name) for day, name in sorted(free.items()) if day >= today and day.year <= today.year + 1]
    return {
        "center": center,
        "hours": opening.in_words(center.opening_hours.all()),
        "closures": center.closures.filter(ends_on__gte=today),
        "public_holidays": coming,
        "school_holidays": center.school_holidays.filter(ends_on__gte=today),
        "holiday_form": HolidayForm(prefix="holiday"),
        "file_form": HolidaysFileForm(),
        **more,
    }
