"""Who tells figures of use, for which months, and which of their titles is which medium."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.import_forms import UploadForm
from leihwerk.errors import DomainError
from licenses.models import Medium, Provider, ReportedTitle, Source
from licenses.taking_in import files, sources, titles, writing
from people import once, uploads
from people.models.upload import UploadKind
from people.permissions import may, require

ALL, ONE = "frontend/licenses/sources.html", "frontend/licenses/source.html"
MONTHS, TITLES = 24, 20


class SourceForm(forms.Form):
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Anbieter"), queryset=Provider.objects.none(), empty_label=gettext_lazy("Bitte wählen")
    )
    name = forms.CharField(
        label=gettext_lazy("Name der Quelle"),
        min_length=2,
        max_length=120,
        help_text=gettext_lazy("Er steht neben jeder Zahl, zum Beispiel „Bildungsmediathek NRW“."),
    )

    def __init__(self, providers: "QuerySet[Provider]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Provider]", self.fields["provider"]).queryset = providers


class FiguresForm(UploadForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "COUNTER 5 oder 5.1 (JSON, TSV) oder eine Tabelle (XLSX, ODS, CSV), bis 20 MB."
        )
        self.fields["file"].widget.attrs["accept"] += ",.json"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def all_sources(request: MemberRequest) -> HttpResponse:
    """The sources there are; the form adds one."""
    center = own_center(request)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=center)
    sellers = Provider.objects.visible_to(request.user).filter(center=center)
    form = SourceForm(sellers, sent(request))
    known = Source.objects.visible_to(request.user).filter(center=center).select_related("provider")
    context = {
        "sources": known.with_latest(),
        "form": form,
        "may_keep": may(request.user, "licenses.keep", on=center),
        "has_providers": sellers.exists(),
    }
    if request.method != "POST":
        return render(request, ALL, context)
    if not form.is_valid():
        return render(request, ALL, context, status=422)
    said = form.cleaned_data
    try:
        made = once.run(lambda: sources.add(said["provider"], name=said["name"], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, ALL, context)
    messages.success(request, _("Die Quelle ist angelegt."))
    return see_other("usage_source", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: MemberRequest, pk: int) -> HttpResponse:
    """What a source has told so far; the form takes its next file, to be looked at first."""
    found = get_object_or_404(Source.objects.visible_to(request.user).select_related("provider", "center"), pk=pk)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=found)
    form = FiguresForm(sent(request), request.FILES or None, center=found.center)
    if request.method != "POST":
        return render(request, ONE, _all_about(request, found, form))
    if not form.is_valid():
        return render(request, ONE, _all_about(request, found, form), status=422)
    try:
        kept = uploads.keep(
            found.center,
            by=request.user,
            kind=UploadKind.USAGE,
            name=form.cleaned_data["file"].name,
            content=form.content(),
            choices={"source": found.pk},
            reader=files.ask_readable,
        )
    except DomainError as refusal:
        return refused(request, refusal, ONE, _all_about(request, found, form))
    return see_other("usage_file", kept.token)


@login_required
@require_POST
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which medium a title of a source is."""
    title = get_object_or_404(ReportedTitle.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=title)
    number = request.POST.get("number", "").strip()
    media = Medium.objects.visible_to(request.user).filter(center=title.center_id)
    medium = media.filter(number__iexact=number).first() if number else None
    if medium is None:
        messages.error(request, _("Ein Medium mit dieser Nummer gibt es nicht."))
    else:
        once.run(lambda: titles.assign(title, medium, by=request.user))
        messages.success(request, _("„{title}“ ist jetzt zugeordnet.").format(title=title))
    return see_other("usage_source", pk=title.source_id)


def _all_about(request: MemberRequest, found: Source, form: FiguresForm) -> dict[str, Any]:
    return {
        "source": found,
        "form": form,
        "months": writing.total_of(found)[:MONTHS] if may(request.user, "licenses.see_usage", on=found) else None,
        "shown": shown_page(request, found.titles.unassigned(), TITLES),
        "may_keep": may(request.user, "licenses.keep", on=found),
    }
