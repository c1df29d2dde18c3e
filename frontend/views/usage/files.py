"""The same figures as files: the table that is shown, and the reports of COUNTER."""

from collections.abc import Iterator
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from frontend.views.usage.asking import Asked, asked
from frontend.views.usage.naming import names_of, sources_of
from leihwerk.tables import csv_bytes, xlsx_bytes
from leihwerk.tables.writing import Value
from licenses.counter import months
from licenses.counter.as_json import json_bytes
from licenses.counter.as_table import tsv_bytes, workbook_bytes
from licenses.counter.kinds import KINDS
from licenses.usage import reports
from licenses.usage.overview import Line, lines
from people.permissions import require

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITTEN: Final = {
    "json": (json_bytes, "application/json"),
    "tsv": (tsv_bytes, "text/tab-separated-values; charset=utf-8"),
    "xlsx": (workbook_bytes, XLSX),
}


@login_required
@require_safe
def table(request: MemberRequest) -> HttpResponse:
    """Every line of the table, as XLSX or with ``?format=csv``."""
    question = asked(request)
    require(request.user, "exports.make", on=question.whose)
    found = lines(question.wanted, question.by, seen_by=request.user)
    told = list(told_lines(found, question))
    name = f"nutzung-{question.stretch.first:%Y-%m}-{question.by}"
    if request.GET.get("format") == "csv":
        return _file(csv_bytes(told), "text/csv; charset=utf-8", f"{name}.csv")
    return _file(xlsx_bytes(told, title=str(question.by.label)), XLSX, f"{name}.xlsx")


def told_lines(found: list[Line], question: Asked) -> Iterator[list[Value]]:
    sources, name = sources_of(question.sees.center), names_of(found, question.by)
    yield [
        str(question.by.label), _("Quelle"), _("Genutzt"), _("Angesehen"), _("Abgelehnt: keine Lizenz"),
        _("Abgelehnt: alle Plätze belegt"), _("Kosten (€)"), _("Kosten je Nutzung (€)"), _("Hinweis"),
    ]  # fmt: skip
    for line in found:
        note = _("ohne Zugriffe von weniger als fünf Schülerinnen und Schülern") if line.is_partial else ""
        yield [
            name(line), sources(line.teller), line.uses, line.looks, line.unlicensed, line.exceeded,
            line.cost, line.cost_per_use, note,
        ]  # fmt: skip


@login_required
@require_safe
def report(request: MemberRequest) -> HttpResponse:
    """One of the four reports of COUNTER 5.1 of what we counted ourselves, in one of three formats."""
    question = asked(request)
    require(request.user, "exports.make", on=question.whose)
    kind = KINDS.get(request.GET.get("report", "").upper())
    form = WRITTEN.get(request.GET.get("format", ""))
    if kind is None or form is None:
        raise Http404
    last = min(question.stretch.last, months.previous(timezone.localdate(timezone=question.sees.center.zone)))
    parameters = {
        "customer_id": question.whose.customer_id,
        "begin_date": months.key(min(question.stretch.first, last)),
        "end_date": months.key(last),
    }
    told = reports.answered(kind, parameters, question.whose, now=timezone.now())
    write, content_type = form
    name = f"{kind.code.lower()}-{parameters['begin_date']}-{parameters['end_date']}.{request.GET['format']}"
    return _file(write(told), content_type, name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
