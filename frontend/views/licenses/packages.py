"""Packages: portfolios of providers, and the titles that come into them and go."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import SearchForm
from frontend.views.licenses.package_forms import OneTitleForm, PackageForm, TitlesForm, TitlesSearchForm
from leihwerk.errors import DomainError
from licenses import packages, providers
from licenses.models import Entitlement, Medium, Package, Provider
from licenses.search import packages_found, search
from licenses.titles import Lines, in_lines
from people import once
from people.models import Center
from people.permissions import may, require

PAGE, EDIT = "frontend/licenses/package.html", "frontend/licenses/package_edit.html"
ROWS: Final = 50
#: Which of the titles are shown; ``more`` are those that could still come in.
SHOWN: Final = {
    "now": gettext_lazy("Heute dabei"),
    "coming": gettext_lazy("Kommen noch"),
    "past": gettext_lazy("Waren dabei"),
    "more": gettext_lazy("Titel aufnehmen"),
}


@login_required
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    require(request.user, "licenses.see")
    center, today = own_center(request), timezone.localdate()
    rows = Package.objects.visible_to(request.user).filter(center=center).order_by("sort_name", "pk")
    words = SearchForm(request.GET)
    found: Any = packages_found(rows, words.cleaned_data["search"] if words.is_valid() else "")
    found = found.select_related("provider").annotate(titles_today=Count("titles", filter=_in_it(today, "titles__")))
    context = {
        "words": words,
        "shown": shown_page(request, found, ROWS),
        "may_keep": may(request.user, "licenses.keep", on=center),
    }
    return render(request, "frontend/licenses/packages.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A further package, or another name for one."""
    package = get_object_or_404(Package.objects.visible_to(request.user), pk=pk) if pk else None
    center = package.center if package else own_center(request)
    require(request.user, "licenses.keep", on=center)
    initial = {"name": package.name, "provider": package.provider_id} if package else {}
    form = PackageForm(Provider.objects.visible_to(request.user).filter(center=center), sent(request), initial=initial)
    context = {"form": form, "package": package}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    try:
        kept = once.run(lambda: _write(request, center, package, form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Gespeichert."))
    return see_other("package", pk=kept.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: MemberRequest, pk: int) -> HttpResponse:
    """Its titles; the form puts some in or takes some out, and says what became of each line."""
    found = get_object_or_404(Package.objects.visible_to(request.user).select_related("provider"), pk=pk)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=found)
    form = TitlesForm(sent(request), initial={"starts_on": timezone.localdate()})
    if request.method != "POST":
        return render(request, PAGE, _all_about(request, found, form))
    if not form.is_valid():
        return render(request, PAGE, _all_about(request, found, form), status=422)
    said = form.cleaned_data
    lines = in_lines(said["lines"], Medium.objects.visible_to(request.user).filter(center=found.center_id))
    try:
        report = once.run(lambda: _act(request, found, lines, said))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, _all_about(request, found, form))
    left = TitlesForm(initial={**said, "lines": "\n".join(lines.open)})
    return render(request, PAGE, _all_about(request, found, left) | {"report": report, "lines": lines})


@login_required
@require_POST
def one_title(request: MemberRequest, pk: int) -> HttpResponse:
    """One title comes in today, or goes: the button beside it."""
    found = get_object_or_404(Package.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=found)
    today = timezone.localdate()
    form = OneTitleForm(Medium.objects.visible_to(request.user).filter(center=found.center_id), request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie einen Titel."))
        return see_other("package", pk=pk)
    medium = form.cleaned_data["medium"]
    try:
        if form.cleaned_data["act"] == "take_out":
            once.run(lambda: packages.take_out(found, medium, on=today, by=request.user))
            messages.success(request, _("„{title}“ ist nicht mehr im Titelpaket.").format(title=medium))
        else:
            once.run(lambda: packages.put_in(found, medium, starts_on=today, by=request.user))
            messages.success(request, _("„{title}“ ist im Titelpaket.").format(title=medium))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return see_other("package", pk=pk)


def _act(request: MemberRequest, found: Package, lines: Lines, said: dict[str, Any]) -> dict[str, int]:
    if said["act"] == "take_out":
        gone = packages.take_out_all(found, lines.media, on=said["starts_on"], by=request.user)
        return {"out": len(gone), "idle": len(lines.media) - len(gone)}
    days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
    came = packages.put_in_all(found, lines.media, **days, by=request.user)
    return {"in": len(came), "idle": len(lines.media) - len(came)}


@transaction.atomic
def _write(request: MemberRequest, center: Center, package: Package | None, said: dict[str, Any]) -> Package:
    """The package, and its provider if that is new: both, or neither."""
    provider = said["provider"]
    if said["new_provider"]:
        provider = providers.add(center, name=said["new_provider"], by=request.user)
    if package is None:
        return packages.add(center, provider=provider, name=said["name"], by=request.user)
    return packages.edit(package, provider=provider, name=said["name"], by=request.user)


def _all_about(request: MemberRequest, found: Package, form: TitlesForm) -> dict[str, Any]:
    today = timezone.localdate()
    words = TitlesSearchForm(request.GET)
    asked = words.cleaned_data if words.is_valid() else {"show": "", "search": ""}
    show = asked["show"] or "now"
    media = Medium.objects.visible_to(request.user).filter(center=found.center_id)
    rows: Any = search(media, asked["search"]) if asked["search"] else media
    counts = found.titles.aggregate(
        **{name: Count("pk", filter=_when(name, today)) for name in ("now", "coming", "past")}
    )
    titles = found.titles.select_related("medium__provider").order_by("medium__sort_title", "medium", "starts_on")
    if show == "more":
        shown = rows.exclude(package_titles__in=found.titles.filter(_in_it(today))).select_related("provider")
    else:
        shown = titles.filter(_when(show, today))
        shown = shown.filter(medium__in=rows) if asked["search"] else shown
    return {
        "package": found,
        "resting": Entitlement.objects.filter(package=found)
        .select_related("period__contract")
        .prefetch_related("scopes"),
        "tabs": [(name, label, counts.get(name)) for name, label in SHOWN.items()],
        "show": show,
        "words": words,
        "shown": shown_page(request, shown, ROWS),
        "form": form,
        "may_keep": may(request.user, "licenses.keep", on=found),
    }


def _when(show: str, today: date) -> Q:
    if show == "coming":
        return Q(starts_on__gt=today)
    return Q(ends_on__lt=today) if show == "past" else _in_it(today)


def _in_it(today: date, path: str = "") -> Q:
    """Titles that are in their package on that day."""
    is_open = Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": today})
    return is_open & Q(**{f"{path}starts_on__lte": today})
