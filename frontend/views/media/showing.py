"""One medium: what it is, for whom, and the way to it."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.counted import is_counted
from frontend.requests import MemberRequest
from frontend.views.media.terms import Terms, terms_for
from licenses.decisions import entitlements_of
from licenses.languages import name_of
from licenses.models import MediaList, Medium
from licenses.using import look
from people.models import User
from people.permissions import may


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    media = Medium.objects.visible_to(request.user).select_related("center", "provider", "product")
    medium = get_object_or_404(media, pk=pk)
    terms = list(terms_for(request.user, medium))
    if terms and is_counted(request):
        _note(request.user, medium, terms)
    may_see = may(request.user, "licenses.see", on=medium)
    context = {
        "medium": medium,
        "terms": terms,
        "entitlements": entitlements_of(medium) if may_see else [],
        "ways": [(its.institution, action) for its in terms for action in its.ways],
        "lists": lists_for(request.user, medium) if terms else [],
        "has_way": not terms or any(its.is_open for its in terms),
        "facts": list(facts(medium)),
        "may_keep": may(request.user, "licenses.keep", on=medium),
    }
    return render(request, "frontend/media/medium.html", context)


LISTS = 5  # the latest; more are on their page


def lists_for(user: User, medium: Medium) -> list[MediaList]:
    """Lists of one's school that it could be put on."""
    lists = MediaList.objects.visible_to(user).filter(center=medium.center_id, center__files_given_out_at__isnull=False)
    return list(lists.exclude(titles__medium=medium)[:LISTS])


def _note(user: User, medium: Medium, terms: list[Terms]) -> None:
    """One look, for the institution that may open it; if none may, a denial for the first."""
    wanted = next((its.way for its in terms if its.is_open), terms[0].way)
    look(medium, institution=wanted.institution, user=user, refused=None if wanted.is_allowed else wanted)


def facts(medium: Medium) -> Iterator[tuple[str, str | Promise]]:
    """What is told of it, without what nobody knows."""
    told = {
        _("Medienart"): medium.get_kind_display(),
        _("Anbieter"): medium.provider.name,
        _("Laufzeit"): _("{n} Minuten").format(n=medium.runtime_minutes) if medium.runtime_minutes else "",
        _("Jahr"): str(medium.year or ""),
        _("Stufen"): ", ".join(medium.levels),
        _("Altersfreigabe"): medium.get_age_rating_display() or "",
        _("Sprachen"): ", ".join(map(name_of, medium.languages)),
        _("Untertitel"): ", ".join(map(name_of, medium.subtitles)),
        _("Mediennummer"): medium.number or "",
    }
    return ((label, value) for label, value in told.items() if value)
