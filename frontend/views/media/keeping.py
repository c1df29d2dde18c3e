"""Media for those who keep them: the list, and describing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.answers import see_other
from frontend.context import center_of, own_center
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import SearchForm
from frontend.views.media.forms import MediumForm
from inventory import pictures
from leihwerk.errors import DomainError
from licenses import files, providers
from licenses import media as verbs
from licenses.models import Medium
from licenses.search import search
from people import once
from people.models import Center
from people.permissions import may, require

EDIT = "frontend/media/medium_edit.html"
ROWS = 50


@login_required
@require_safe
def media(request: MemberRequest) -> HttpResponse:
    center = center_of(request)
    require(request.user, "items.see", on=center)
    rows = Medium.objects.visible_to(request.user).filter(center=center).select_related("provider")
    words = SearchForm(request.GET)
    context = {
        "form": words,
        "shown": shown_page(request, search(rows, words.cleaned_data["search"]) if words.is_valid() else rows, ROWS),
        "may_keep": may(request.user, "licenses.keep", on=center),
    }
    return render(request, "frontend/media/media_kept.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def medium_create(request: MemberRequest) -> HttpResponse:
    require(request.user, "licenses.keep", on=center_of(request))
    return _kept(request, own_center(request), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def medium_edit(request: MemberRequest, pk: int) -> HttpResponse:
    medium = get_object_or_404(Medium.objects.visible_to(request.user).select_related("center", "product"), pk=pk)
    require(request.user, "licenses.keep", on=medium)
    return _kept(request, medium.center, medium)


def _kept(request: MemberRequest, center: Center, medium: Medium | None) -> HttpResponse:
    title = medium.title if medium else ""  # the form writes into its instance while it checks
    instance = Medium(center=center) if medium is None else medium
    form = MediumForm(sent(request), request.FILES or None, instance=instance, center=center)
    context = {"medium": medium, "title": title, "form": form}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    try:
        kept = once.run(lambda: _keep(request, center, medium, form))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Gespeichert."))
    return see_other("medium", pk=kept.pk)


def _keep(request: MemberRequest, center: Center, medium: Medium | None, form: MediumForm) -> Medium:
    """One save of everything the page holds: a provider, if it is new, the facts, the cover, the file."""
    said = form.cleaned_data
    facts: dict[str, Any] = {name: said[name] for name in form.fields if name in verbs.DESCRIBED}
    facts["product"] = said["discs"]
    if said["new_provider"]:
        facts["provider"] = providers.add(center, name=said["new_provider"], by=request.user)
    if said["new_cover"]:
        facts["cover"] = pictures.tidy(said["new_cover"])
    if said["new_file"]:
        facts["file"] = files.accepted(said["new_file"])
    if medium is None:
        return verbs.add(center, by=request.user, **facts)
    return verbs.edit(medium, by=request.user, **facts)
