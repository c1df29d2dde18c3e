"""The journal of licences: every change to contracts, rights, seats, keys and reports."""

from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.context import own_center
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from licenses.models import Period
from people.models import JournalEntry, User
from people.permissions import require

#: What the verbs of licences are called; one that is missing here is shown as it stands in the journal.
VERBS: Final[dict[str, Promise]] = {
    "contract.signed": _("Vertrag eingetragen"),
    "contract.changed": _("Vertrag geändert"),
    "contract.amended": _("Nachtrag eingetragen"),
    "period.begun": _("Laufzeit begonnen"),
    "period.changed": _("Laufzeit geändert"),
    "period.decided": _("über die Verlängerung entschieden"),
    "period.renewed": _("Laufzeit verlängert"),
    "entitlement.given": _("Nutzungsrecht eingetragen"),
    "entitlement.changed": _("Nutzungsrecht geändert"),
    "entitlement.withdrawn": _("Nutzungsrecht gelöscht"),
    "entitlement.capacity_set": _("Anzahl der Plätze geändert"),
    "seat.assigned": _("Lizenzplatz vergeben"),
    "seat.released": _("Lizenzplatz freigegeben"),
    "seat.reclaimed": _("Lizenzplatz zurückgeholt"),
    "scope.added": _("Geltungsbereich angelegt"),
    "scope.changed": _("Geltungsbereich geändert"),
    "package.added": _("Titelpaket angelegt"),
    "contract.amendment_changed": _("Nachtrag geändert"),
    "period.divided": _("Laufzeit geteilt"),
    "package.changed": _("Titelpaket geändert"),
    "package.titles_put_in": _("Titel ins Paket genommen"),
    "package.titles_taken_out": _("Titel aus dem Paket genommen"),
    "package.title_put_in": _("Titel ins Paket genommen"),
    "package.title_taken_out": _("Titel aus dem Paket genommen"),
    "document.added": _("Dokument abgelegt"),
    "document.changed": _("Dokument ersetzt"),
    "document.removed": _("Dokument gelöscht"),
    "key.kept": _("Schlüssel abgelegt"),
    "key.changed": _("Schlüssel geändert"),
    "key.revealed": _("Schlüssel angezeigt"),
    "key.resealed": _("Schlüssel neu verschlüsselt"),
    "key.forgotten": _("Schlüssel gelöscht"),
    "deletion.asked": _("um Löschung gebeten"),
    "deletion.reminded": _("an Löschung erinnert"),
    "deletion.confirmed": _("Löschung bestätigt"),
    "deletion.taken_back": _("Bitte um Löschung zurückgenommen"),
    "media_list.begun": _("Medienliste angelegt"),
    "media_list.put_on": _("Medium auf die Liste gesetzt"),
    "media_list.taken_off": _("Medium von der Liste genommen"),
    "media_list.discarded": _("Medienliste verworfen"),
    "pupil_code.made": _("Code für eine Klasse erstellt"),
    "pupil_code.revoked": _("Code einer Klasse gesperrt"),
    "usage_source.created": _("Quelle von Nutzungszahlen angelegt"),
    "usage_source.fetching_set_up": _("Abholen von Nutzungszahlen eingerichtet"),
    "usage.taken_in": _("Nutzungszahlen eingelesen"),
    "reported_title.assigned": _("gemeldeten Titel einem Medium zugeordnet"),
    "harvester.admitted": _("Abruf von Berichten zugelassen"),
    "harvester.revoked": _("Abruf von Berichten gesperrt"),
    "provider.created": _("Anbieter angelegt"),
    "medium.created": _("Medium eingetragen"),
    "medium.changed": _("Medium geändert"),
    "media.imported": _("Medien eingelesen"),
    "own_files.given_out": _("eigene Dateien freigegeben"),
    "own_files.kept_back": _("eigene Dateien zurückgehalten"),
}


#: Rows whose names are told by others.
NAMED_BY: Final = {
    "licenses.entitlement": ("medium", "package"),
    "licenses.period": ("contract",),
    "licenses.seat": ("entitlement__medium", "entitlement__package"),
}


@login_required
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    """The latest first. Things are named as they are called now; what is gone has its number."""
    center = own_center(request)
    require(request.user, "journal.see", on=center)
    entries = JournalEntry.objects.visible_to(request.user).filter(center=center, subject_type__startswith="licenses.")
    shown = shown_page(request, entries.select_related("by"), 50)
    names = names_of(list(shown), seen_by=request.user)
    context = {
        "shown": shown,
        "rows": [
            (entry, VERBS.get(entry.verb, entry.verb), names.get((entry.subject_type, entry.subject_id), ""))
            for entry in shown
        ],
    }
    return render(request, "frontend/usage/journal.html", context)


def names_of(entries: list[JournalEntry], *, seen_by: User) -> Mapping[tuple[str, int], str]:
    """One query for each kind of thing. What is not for these eyes (the lists of others) stays without a name."""
    ids: dict[str, set[int]] = {}
    for entry in entries:
        ids.setdefault(entry.subject_type, set()).add(entry.subject_id)
    found: dict[tuple[str, int], str] = {}
    for kind, several in ids.items():
        model: Any = apps.get_model(kind)
        rows = model._default_manager.visible_to(seen_by).filter(pk__in=several).select_related(*NAMED_BY.get(kind, ()))
        found |= {(kind, row.pk): _name(row) for row in rows}
    return found


def _name(row: Any) -> str:
    """Days alone do not say of which contract."""
    if not isinstance(row, Period):
        return str(row)
    first, last = (date_format(it, "j.n.Y") if it else "" for it in (row.starts_on, row.ends_on))
    days = f"{first} – {last}" if last else gettext("ab {day}").format(day=first)
    return f"{row.contract}, {days}"
