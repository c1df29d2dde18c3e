"""The page behind a label: what somebody who holds the thing may know, with or without an account (TEXTS 6)."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.requests import PageRequest
from inventory import labels
from inventory.models import Label
from leihwerk.errors import DomainError
from lending import findings
from lending.scanning import FOREIGN
from people import once
from people.permissions import may


class ReportForm(forms.Form):
    """What is wrong, and a field that only programs fill in."""

    note = forms.CharField(
        label=_("Was stimmt nicht?"),
        help_text=_("Bitte keine Namen und keine Angaben zu Personen."),
        max_length=findings.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}))


@require_safe
def label(request: PageRequest, code: str) -> HttpResponse:
    """Staff go on to their item; everybody else sees what belongs into the case and whose it is."""
    found = labels.behind(code)
    if found is None:
        return _page(request, "frontend/labels/unknown.html", {}, status=404)
    if may(request.user, "items.see", on=found):
        return redirect("item", pk=found.item_id)
    if may(request.user, "items.see"):
        messages.info(request, str(FOREIGN).format(center=found.center))
    return _behind(request, found, ReportForm())


@require_POST
def label_report(request: PageRequest, code: str) -> HttpResponse:
    found = _label(code)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _behind(request, found, form, status=422)
    if not form.cleaned_data["website"]:
        try:
            once.run(lambda: findings.report(found.item, form.cleaned_data["note"]))
        except DomainError as refusal:
            return _behind(request, found, form, status=refusal.status, refusal=refusal)
    messages.success(request, _("Danke. Ihre Meldung ist bei uns angekommen."))
    return see_other("label", code=found.token)


@require_safe
def label_picture(request: PageRequest, code: str) -> FileResponse:
    picture = _label(code).item.product.packed_picture
    if not picture:
        raise Http404
    return FileResponse(picture.open(), headers={"Cache-Control": "max-age=3600"})


def _label(code: str) -> Label:
    found = labels.behind(code)
    if found is None:
        raise Http404
    return found


def _behind(
    request: PageRequest, found: Label, form: ReportForm, *, status: int = 200, refusal: DomainError | None = None
) -> HttpResponse:
    product = found.item.product
    context = {
        "code": found.token,
        "product": product,
        "center": found.center,
        "parts": product.parts.all(),
        "form": form,
        "refusal": refusal,
    }
    return _page(request, "frontend/labels/label.html", context, status=status)


def _page(request: PageRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


CODE = r"^[eE]/(?P<code>[^/]+)"  # a code in capitals is a size smaller (inventory.labels.address)

urlpatterns = [
    re_path(rf"{CODE}/?$", label, name="label"),
    re_path(rf"{CODE}/problem/$", label_report, name="label_report"),
    re_path(rf"{CODE}/foto/$", label_picture, name="label_picture"),
]
