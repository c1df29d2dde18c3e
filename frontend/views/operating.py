"""Betrieb: how the installation runs. Counts and moments for its operator, no content of any centre."""

from importlib.metadata import version as version_of

import django
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from leihwerk.embedded.places import PROJECT
from office import operating
from office.operating.broker import waiting_bells
from people.permissions import require

#: What each task is called here.
TASKS: dict[str, Promise] = {
    "people.tasks.deliver": _("Briefe schreiben und senden"),
    "people.tasks.fetch_bounces": _("Unzustellbares abholen"),
    "lending.tasks.remind": _("An Rückgaben erinnern"),
    "lending.tasks.follow_changed_rules": _("Geänderten Regeln folgen"),
    "lending.tasks.keep_late_items_blocked": _("Überfälliges einplanen"),
    "lending.tasks.plan_again": _("Neu planen, was fehlt"),
    "licenses.tasks.reclaim_seats": _("Lizenzplätze freigeben, die niemand mehr hat"),
    "licenses.tasks.renew_what_renews_itself": _("Verträge weiterlaufen lassen, die sich von selbst verlängern"),
    "licenses.tasks.count_uses": _("Nutzung zählen und Rohdaten löschen"),
    "licenses.tasks.ask_to_delete": _("Um das Löschen von Kopien bitten"),
    "licenses.tasks.fetch_usage": _("Nutzung bei Anbietern abholen"),
    "licenses.tasks.tell_of_deadlines": _("An Vertragsfristen erinnern"),
    "lending.tasks.let_lapse": _("Nicht Abgeholtes freigeben"),
    "lending.tasks.serve_who_waits": _("Vorgemerkte bedienen"),
    "lending.tasks.send_desk_day": _("Tagesliste an die Theke senden"),
    "lending.tasks.end_settled_suspensions": _("Erledigte Sperren beenden"),
    "people.tasks.ask_who_still_works_there": _("Schulen fragen, wer dort noch arbeitet"),
    "people.tasks.end_who_was_not_ticked": _("Konten ohne Häkchen beenden"),
    "lending.tasks.let_go_of_what_is_over": _("Abgelaufenes loslassen"),
    "office.tasks.forget": _("Personen nach 90 Tagen vergessen"),
}


@login_required
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    require(request.user, "queues.see")
    running = operating.look(timezone.now())
    context = {
        "running": running,
        "tasks": [(TASKS.get(task.name, task.name), task) for task in running.tasks],
        "bells": waiting_bells(),
        "version": version(),
        "django": django.get_version(),
        "celery": version_of("celery"),
        "postgresql": ".".join(map(str, divmod(connection.cursor().connection.info.server_version, 10000))),
    }
    return render(request, "frontend/operating/operating.html", context)


def version() -> str:
    """As publiccode.yml says it."""
    lines = (PROJECT / "publiccode.yml").read_text(encoding="utf-8").splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith("softwareVersion:"))


urlpatterns = [path("betrieb/", show, name="operating")]
