"""The papers of contracts: kept beside them, and given to those who see them, never as a page of ours."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from leihwerk.errors import DomainError
from licenses import papers
from licenses.models import Contract, Document
from people import once
from people.permissions import require

EDIT = "frontend/licenses/document_edit.html"
NEVER_A_PAGE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


class DocumentForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Bezeichnung"), max_length=160)
    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("PDF, Bild, Word, Excel oder OpenDocument, höchstens 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff,.docx,.xlsx,.odt,.ods"}),
    )

    def __init__(self, *args: Any, is_kept: bool = False, **kwargs: Any) -> None:
        """``is_kept``: there is a file already, and only another one would be sent."""
        super().__init__(*args, **kwargs)
        if is_kept:
            self.fields["file"].required = False
            self.fields["file"].label = _("Neue Datei")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """To the contract that the address names."""
    contract = get_object_or_404(Contract.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=contract)
    form = DocumentForm(sent(request), request.FILES or None)
    context = {"form": form, "contract": contract}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    said = form.cleaned_data
    try:
        once.run(lambda: papers.attach(contract, name=said["name"], upload=said["file"], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Das Dokument ist abgelegt."))
    return see_other("contract", pk=contract.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Name it anew, or replace its file."""
    found = get_object_or_404(Document.objects.visible_to(request.user).select_related("contract"), pk=pk)
    require(request.user, "licenses.keep", on=found)
    form = DocumentForm(sent(request), request.FILES or None, initial={"name": found.name}, is_kept=True)
    context = {"form": form, "document": found, "contract": found.contract}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    said = form.cleaned_data
    try:
        once.run(lambda: papers.change(found, name=said["name"], upload=said["file"], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Gespeichert."))
    return see_other("contract", pk=found.contract_id)


@login_required
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=found)
    once.run(lambda: papers.remove(found, by=request.user))
    messages.success(request, _("Das Dokument ist gelöscht."))
    return see_other("contract", pk=found.contract_id)


@login_required
@require_safe
def download(request: MemberRequest, pk: int) -> FileResponse:
    """To be saved, never to be opened in the browser as a page of ours."""
    found = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.see", on=found)
    name = f"{slugify(found.name)[:80] or 'dokument'}.{found.kind}"
    try:
        opened = found.file.open()
    except FileNotFoundError as missing:  # a database that was put back without its files
        raise Http404 from missing
    return FileResponse(opened, as_attachment=True, filename=name, headers=NEVER_A_PAGE)
