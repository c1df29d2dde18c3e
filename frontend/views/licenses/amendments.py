"""Amendments: what was agreed later about a contract, with its paper, and what it changes from a day on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.errors import refused
from frontend.forms import DateInput
from frontend.requests import MemberRequest, sent
from frontend.views.licenses.forms import Euros
from leihwerk.errors import DomainError
from licenses import amending
from licenses.amending import Paper
from licenses.models import Amendment, Contract
from people import once
from people.permissions import require

EDIT = "frontend/licenses/amendment_edit.html"


class AmendmentForm(forms.Form):
    agreed_on = forms.DateField(label=gettext_lazy("vereinbart am"), widget=DateInput())
    note = forms.CharField(
        label=gettext_lazy("Was sich ändert"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    starts_on = forms.DateField(label=gettext_lazy("gilt ab"), required=False, widget=DateInput())
    divides = forms.BooleanField(
        label=gettext_lazy("Ab diesem Tag ändern sich Rechte, Plätze oder Geltungsbereiche"),
        help_text=gettext_lazy(
            "Die Laufzeit wird an diesem Tag geteilt; danach ändern Sie die Rechte des zweiten Teils. "
            "Bis dahin bleibt alles, wie es war."
        ),
        required=False,
    )
    cost = Euros(
        label=gettext_lazy("Kosten für die Zeit danach (€)"),
        help_text=gettext_lazy("Bleibt das Feld leer, verteilen sich die Kosten nach Tagen."),
    )
    file = forms.FileField(
        label=gettext_lazy("Dokument dazu"),
        help_text=gettext_lazy("PDF, Bild, Word, Excel oder OpenDocument, höchstens 25 MB."),
        required=False,
    )
    depending = ("starts_on", "cost")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("divides") and not said.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Bitte geben Sie an, ab wann sich etwas ändert."))
        return said


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """To the contract that the address names."""
    contract = get_object_or_404(Contract.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=contract)
    form = AmendmentForm(sent(request), request.FILES or None)
    context = {"form": form, "contract": contract}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    try:
        once.run(lambda: _write(request, contract, form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    if form.cleaned_data["divides"]:
        messages.success(request, _("Der Nachtrag ist eingetragen. Ändern Sie jetzt die Rechte der neuen Laufzeit."))
    else:
        messages.success(request, _("Der Nachtrag ist eingetragen."))
    return see_other("contract", pk=contract.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Its words and days; what it divided stays divided."""
    found = get_object_or_404(Amendment.objects.visible_to(request.user).select_related("contract"), pk=pk)
    require(request.user, "licenses.keep", on=found)
    names = ("agreed_on", "note", "starts_on")
    form = AmendmentForm(sent(request), initial={name: getattr(found, name) for name in names})
    for name in ("divides", "cost", "file"):
        del form.fields[name]
    context = {"form": form, "contract": found.contract, "amendment": found}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    once.run(lambda: amending.change(found, **form.cleaned_data, by=request.user))
    messages.success(request, _("Gespeichert."))
    return see_other("contract", pk=found.contract_id)


@transaction.atomic
def _write(request: MemberRequest, contract: Contract, said: dict[str, Any]) -> None:
    """The amendment, its paper, and the parts of the period: all of them, or nothing."""
    name = _("Nachtrag vom {on}").format(on=f"{said['agreed_on']:%d.%m.%Y}")
    amending.amend(
        contract,
        agreed_on=said["agreed_on"],
        note=said["note"],
        starts_on=said["starts_on"],
        paper=Paper(name, said["file"]) if said["file"] else None,
        by=request.user,
    )
    if said["divides"]:
        amending.divide(contract, on=said["starts_on"], cost=said["cost"], by=request.user)
