"""One medium: what it is, for whom, and the way to it."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from frontend.views.media.terms import terms_for
from licenses.decisions import entitlements_of
from licenses.languages import name_of
from licenses.models import Medium
from people.permissions import may


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    media = Medium.objects.visible_to(request.user).select_related("provider", "product")
    medium = get_object_or_404(media, pk=pk)
    terms = list(terms_for(request.user, medium))
    may_see = may(request.user, "licenses.see", on=medium)
    context = {
        "medium": medium,
        "terms": terms,
        "entitlements": entitlements_of(medium) if may_see else [],
        "has_way": not terms or any(its.allowed for its in terms),
        "facts": list(facts(medium)),
        "may_keep": may(request.user, "licenses.keep", on=medium),
    }
    return render(request, "frontend/media/medium.html", context)


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
