"""Heute: what is collected and brought back today, and what waits for an answer."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.context import center_of
from frontend.requests import MemberRequest
from inventory.models import Item
from lending.at_risk import at_risk
from lending.custody import Where, being
from lending.models import Finding, Handover, Line, Loan, Reservation, State
from lending.models.reservation import ReservationQuerySet
from lending.reservations import promised_before
from lending.reservations.falling_back import Promised
from people.letters import alarm
from people.models import Closure
from people.permissions import may, require


@login_required
@require_safe
def today(request: MemberRequest) -> HttpResponse:
    require(request.user, "desk.see")
    now = timezone.now()
    evening = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    loans = Loan.objects.visible_to(request.user).open().select_related("item__product", "institution")
    waiting = Reservation.objects.visible_to(request.user).filter(state__in=(State.SUBMITTED, State.REQUESTED))
    unfit = being(Item.objects.visible_to(request.user), Where.UNFIT, now)
    day = timezone.localdate(now)
    closed = Closure.objects.visible_to(request.user).filter(starts_on__lte=day, ends_on__gte=day)
    context = {
        "now": now,
        "troubles": alarm.troubles(now, center=center_of(request)),
        "closure": closed.first(),
        "may_close": may(request.user, "calendar.keep", on=center_of(request)),
        "findings_count": Finding.objects.visible_to(request.user).open().count(),
        "unfit_count": unfit.count(),
        "unfit": Where.UNFIT,
        "requests": requests(with_lines(waiting.order_by("-state", "booked_at"))),
        "pickups": with_lines(pickups(request, evening)),
        "slips": Handover.objects.visible_to(request.user).open().select_related("institution"),
        "due": loans.filter(due_at__gte=now - timedelta(hours=12), due_at__lte=evening, dropped_off_at__isnull=True),
        "dropped_off": loans.filter(dropped_off_at__isnull=False),
        "overdue_count": loans.overdue(now).count(),
        "risk_count": len(at_risk(Line.objects.filter(center=center_of(request)), now)),
        "unchecked": Loan.objects.visible_to(request.user).unchecked().select_related("item__product", "institution"),
    }
    return render(request, "frontend/desk/today.html", context)


def requests(waiting: ReservationQuerySet) -> list[tuple[Reservation, list[Promised]]]:
    """Each with what was promised before it was changed."""
    found = list(waiting)
    promised = promised_before(found)
    return [(it, promised.get(it.pk, [])) for it in found]


def pickups(request: MemberRequest, until: datetime) -> ReservationQuerySet:
    return Reservation.objects.visible_to(request.user).to_collect(until)


def with_lines(reservations: ReservationQuerySet) -> ReservationQuerySet:
    return (
        reservations.select_related("institution", "responsible", "contact")
        .prefetch_related("lines__product")
        .annotate(line_count=Count("lines"))
    )


urlpatterns = [path("", today, name="today")]
