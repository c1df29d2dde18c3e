"""Covers for everybody who sees the medium; files of the centre's own store for those who keep them."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from inventory import pictures
from licenses.models import Medium
from people.permissions import require

FOR_AN_HOUR = {"Cache-Control": "private, max-age=3600"}


@login_required
@require_safe
def cover(request: MemberRequest, pk: int) -> HttpResponse | FileResponse:
    """With ``?small`` for a list."""
    medium = get_object_or_404(Medium.objects.visible_to(request.user), pk=pk)
    if not medium.cover:
        raise Http404
    if "small" in request.GET:
        return HttpResponse(pictures.small(medium.cover), content_type="image/webp", headers=FOR_AN_HOUR)
    return FileResponse(medium.cover.open(), headers=FOR_AN_HOUR)


@login_required
@require_safe
def file(request: MemberRequest, pk: int) -> FileResponse:
    """To be saved, never to be run in the browser as a page of ours."""
    medium = get_object_or_404(Medium.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=medium)
    if not medium.file:
        raise Http404
    name = f"medium-{medium.pk}{PurePath(str(medium.file.name)).suffix}"
    return FileResponse(medium.file.open(), as_attachment=True, filename=name)
