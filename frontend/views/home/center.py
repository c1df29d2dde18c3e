"""The home of the management: today in figures, and hints about what is not set up yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from inventory.models import Item
from lending.models import Loan, Reservation, State
from licenses.deciding import cases
from licenses.models import Contract
from people.models import Center, Institution, Membership
from people.models.institution import InstitutionKind
from people.permissions import may


@dataclass(frozen=True)
class Figure:
    """A number that opens its list."""

    count: int
    label: str | Promise
    address: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Hint:
    """Something that is not set up yet, and where that is done."""

    sentence: str | Promise
    action: str | Promise
    address: str


def center_home(request: HttpRequest, center: Center) -> HttpResponse:
    now = timezone.now()
    may_keep = may(request.user, "institutions.keep", on=center)
    context = {
        "figures": list(_figures(center, now)),
        "hints": list(_hints(center)) if may_keep else [],
        "is_desk": may(request.user, "desk.see", on=center),
        "today": timezone.localdate(now),
    }
    return render(request, "frontend/home/center.html", context)


def _figures(center: Center, now: datetime) -> Iterator[Figure]:
    evening = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    reservations = Reservation.objects.filter(center=center)
    loans = Loan.objects.filter(center=center)
    promised = reservations.filter(state__in=[State.APPROVED, State.READY], starts_at__lt=evening)
    pickups = promised.exclude(lines__allocations__loan__isnull=False).distinct().count()
    asking = reservations.filter(state__in=[State.REQUESTED, State.SUBMITTED]).count()
    overdue = loans.overdue(now).count()
    lists = reverse("reservations")
    yield Figure(asking, _("Anfragen warten auf Antwort"), f"{lists}?show=requests", is_urgent=asking > 0)
    yield Figure(pickups, _("Abholungen bis heute Abend"), f"{lists}?show=approved")
    yield Figure(loans.open().count(), _("Exemplare ausgeliehen"), f"{lists}?show=out")
    yield Figure(overdue, _("davon überfällig"), f"{lists}?show=out", is_urgent=overdue > 0)
    coming = cases(Contract.objects.filter(center=center), timezone.localdate(now), with_use=False)
    undecided = sum(not case.is_decided for case in coming)
    yield Figure(undecided, _("Verträge zu entscheiden"), reverse("deciding"))


def _hints(center: Center) -> Iterator[Hint]:
    """What a centre that has just begun has still to do, in the order in which it makes sense."""
    schools = Institution.objects.filter(center=center).open().exclude(kind=InstitutionKind.INTERNAL)
    if not schools.exists():
        yield Hint(_("Es sind noch keine Schulen eingetragen."), _("Schulen einlesen"), reverse("imports"))
    if not Item.objects.filter(center=center).exists():
        yield Hint(_("Der Bestand ist noch leer."), _("Bestand einlesen"), reverse("imports"))
    if center.reminders_since is None:
        yield Hint(_("Erinnerungen sind noch nicht eingeschaltet."), _("Briefe und Erinnerungen"), reverse("letters"))
    waiting = Membership.objects.filter(center=center).waiting().count()
    if waiting:
        sentence = ngettext(
            "{count} Person wartet auf Freischaltung.", "{count} Personen warten auf Freischaltung.", waiting
        )
        yield Hint(sentence.format(count=waiting), _("Ansehen"), reverse("members_waiting"))
    alone = schools.without_coordination().count()
    if alone:
        sentence = ngettext(
            "{count} Einrichtung ist ohne Koordination.", "{count} Einrichtungen sind ohne Koordination.", alone
        )
        yield Hint(sentence.format(count=alone), _("Ansehen"), reverse("institutions") + "?show=alone")
