"""Taking over tables: upload, look at what would happen, take over the good rows."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.context import center_of
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.import_forms import KINDS, ColumnsForm, UploadForm
from leihwerk.tables import FileRefused, Report, xlsx_bytes
from people import once, uploads
from people.models import Center, Upload
from people.permissions import require

SHOWN_CHANGES = 10
SHOWN_REMARKS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def imports(request: MemberRequest) -> HttpResponse:
    return render(request, "frontend/imports/imports.html", _choices(request, _center(request)))


@login_required
@require_POST
def upload(request: MemberRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    center = _center(request)
    form = KINDS[kind].form(request.POST, request.FILES, center=center, prefix=kind)
    page, context = "frontend/imports/imports.html", _choices(request, center, kind, form)
    if not form.is_valid():
        return render(request, page, context, status=422)
    try:
        name = form.cleaned_data["file"].name
        kept = uploads.keep(
            center, by=request.user, kind=kind, name=name, content=form.content(), choices=form.choices()
        )
    except FileRefused as refusal:
        return refused(request, refusal, page, context)
    return see_other("import", kept.token)


@login_required
@require_safe
def look(request: MemberRequest, token: str) -> HttpResponse:
    kept = _upload(request, token)
    if kept.report is not None:
        return render(request, "frontend/imports/done.html", _told(request, kept, Report.from_json(kept.report)))
    return render(request, "frontend/imports/look.html", _looked(request, kept))


@login_required
@require_POST
def assign(request: MemberRequest, token: str) -> HttpResponse:
    kept = _upload(request, token)
    importer = KINDS[kept.kind].importer
    _opened, matched = uploads.look(kept, importer)
    form = ColumnsForm(request.POST, importer=importer, matched=matched)
    if not form.is_valid():
        return render(request, "frontend/imports/look.html", _looked(request, kept, form), status=422)
    uploads.assign(kept, importer, columns=form.columns())
    return see_other("import", kept.token)


@login_required
@require_POST
def take_over(request: MemberRequest, token: str) -> HttpResponse:
    kept = _upload(request, token)
    report = once.run(lambda: uploads.take_over(kept, KINDS[kept.kind].importer, by=request.user))
    messages.success(request, _("Übernommen: {counts}.").format(counts=report.summary))
    return see_other("import", kept.token)


@login_required
@require_POST
def discard(request: MemberRequest, token: str) -> HttpResponse:
    kept = _upload(request, token)
    uploads.discard(kept)
    messages.info(request, _("„{name}“ ist verworfen; es wurde nichts übernommen.").format(name=kept.name))
    return see_other("imports")


@login_required
@require_safe
def report(request: MemberRequest, token: str) -> HttpResponse:
    kept = _upload(request, token)
    found = Report.from_json(kept.report) if kept.report is not None else _check(kept)
    answer = HttpResponse(xlsx_bytes(found.as_rows(), title=_("Bericht")), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="bericht.xlsx"'
    return answer


def _center(request: MemberRequest) -> Center:
    center = center_of(request)
    require(request.user, "imports.run", on=center)
    assert center is not None  # noqa: S101 - nobody without a centre is permitted
    return center


def _upload(request: MemberRequest, token: str) -> Upload:
    kept = get_object_or_404(Upload.objects.of(request.user).filter(kind__in=KINDS), token=token)
    require(request.user, "imports.run", on=kept)
    return kept


def _choices(request: MemberRequest, center: Center, kind: str = "", bound: UploadForm | None = None) -> dict[str, Any]:
    kinds = [
        (name, known, bound if bound and name == kind else known.form(center=center, prefix=name))
        for name, known in KINDS.items()
    ]
    waiting = Upload.objects.of(request.user).waiting().filter(kind__in=KINDS)
    return {"kinds": kinds, "waiting": waiting.filter(center=center)}


def _check(kept: Upload) -> Report:
    importer = KINDS[kept.kind].importer
    _opened, matched = uploads.look(kept, importer)
    return importer.check(matched, center=kept.center, **kept.choices)


def _looked(request: MemberRequest, kept: Upload, form: ColumnsForm | None = None) -> dict[str, Any]:
    importer = KINDS[kept.kind].importer
    opened, matched = uploads.look(kept, importer)
    context: dict[str, Any] = {
        "upload": kept,
        "kind": KINDS[kept.kind],
        "opened": opened,
        "matched": matched,
        "form": form or ColumnsForm(importer=importer, matched=matched),
    }
    if matched.missing:
        return context
    return context | _told(request, kept, importer.check(matched, center=kept.center, **kept.choices))


def _told(request: MemberRequest, kept: Upload, found: Report) -> dict[str, Any]:
    return {
        "upload": kept,
        "kind": KINDS[kept.kind],
        "report": found,
        "shown": shown_page(request, [*found.errors, *found.warnings], SHOWN_REMARKS),
        "new": found.new[:SHOWN_CHANGES],
        "changed": found.changed[:SHOWN_CHANGES],
    }


urlpatterns = [
    path("einlesen/", imports, name="imports"),
    path("einlesen/neu/<slug:kind>/", upload, name="import_upload"),
    path("einlesen/<str:token>/", look, name="import"),
    path("einlesen/<str:token>/spalten/", assign, name="import_assign"),
    path("einlesen/<str:token>/uebernehmen/", take_over, name="import_take_over"),
    path("einlesen/<str:token>/verwerfen/", discard, name="import_discard"),
    path("einlesen/<str:token>/bericht.xlsx", report, name="import_report"),
]
