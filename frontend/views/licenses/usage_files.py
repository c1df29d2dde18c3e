"""A file of a source between uploading it and taking it over: look, name columns, take over or throw away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.import_forms import ColumnsForm
from leihwerk.errors import DomainError
from leihwerk.tables import Importer, Report
from licenses.models import Source
from licenses.taking_in import columns, files, writing
from people import once, uploads
from people.models import Upload
from people.models.upload import UploadKind
from people.permissions import require

PAGE = "frontend/licenses/usage_file.html"
TABLES = Importer(columns.FIELDS, writing.check, writing.take_in)
REMARKS = 50


@login_required
@require_safe
def look(request: MemberRequest, token: str) -> HttpResponse:
    """What would happen; after it was taken over, what has."""
    kept, source = _file(request, token)
    return render(request, PAGE, _looked(request, kept, source))


@login_required
@require_POST
def name_columns(request: MemberRequest, token: str) -> HttpResponse:
    kept, source = _file(request, token)
    looked = files.look(kept, source) if kept.report is None else None
    if looked is None:
        return see_other("usage_file", token)
    form = ColumnsForm(request.POST, importer=TABLES, matched=looked[1])
    if not form.is_valid():
        return render(request, PAGE, _looked(request, kept, source, form), status=422)
    once.run(lambda: files.name_columns(kept, columns=form.columns()))
    return see_other("usage_file", token)


@login_required
@require_POST
def take_over(request: MemberRequest, token: str) -> HttpResponse:
    kept, source = _file(request, token)
    try:
        once.run(lambda: files.take_over(kept, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, _looked(request, kept, source))
    messages.success(request, _("Die Zahlen sind übernommen."))
    return see_other("usage_source", pk=source.pk)


@login_required
@require_POST
def discard(request: MemberRequest, token: str) -> HttpResponse:
    kept, source = _file(request, token)
    uploads.discard(kept)
    messages.info(request, _("„{name}“ ist verworfen; es wurde nichts übernommen.").format(name=kept.name))
    return see_other("usage_source", pk=source.pk)


def _file(request: MemberRequest, token: str) -> tuple[Upload, Source]:
    kept = get_object_or_404(Upload.objects.of(request.user).filter(kind=UploadKind.USAGE), token=token)
    require(request.user, "licenses.keep", on=kept)
    return kept, get_object_or_404(Source.objects.visible_to(request.user), pk=kept.choices["source"])


def _looked(request: MemberRequest, kept: Upload, source: Source, form: ColumnsForm | None = None) -> dict[str, Any]:
    context: dict[str, Any] = {"upload": kept, "source": source}
    if kept.report is not None:
        return context | _told(request, Report.from_json(kept.report))
    looked = files.look(kept, source)
    if looked is not None:
        matched = looked[1]
        context |= {"matched": matched, "form": form or ColumnsForm(importer=TABLES, matched=matched)}
        if matched.missing:
            return context
    try:
        found = writing.check(source, files.read(kept, source))
    except DomainError as refusal:
        return context | {"refusal": refusal}
    return context | _told(request, found)


def _told(request: MemberRequest, found: Report) -> dict[str, Any]:
    return {"report": found, "shown": shown_page(request, [*found.errors, *found.warnings], REMARKS)}
