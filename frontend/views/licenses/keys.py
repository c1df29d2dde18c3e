"""Licence keys and sign-ins at providers: written down, shown for a reason, forgotten."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import secret, see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from leihwerk.errors import DomainError
from leihwerk.secrecy import Secret
from licenses.keys import keeping, revealing
from licenses.keys.revealing import Reason
from licenses.models import Contract, Key, KeyKind
from people import once
from people.models import JournalEntry
from people.permissions import may, require

PAGE, EDIT = "frontend/licenses/key.html", "frontend/licenses/key_edit.html"
LAST = 10  # how many of those who saw it the page names
OF = [
    ("contract", gettext_lazy("diesem Vertrag")),
    ("provider", gettext_lazy("dem Anbieter, also allen seinen Verträgen")),
]


class SecretField(forms.CharField):
    """What is typed here is never shown again by the form; when left empty, it is None."""

    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})

    def clean(self, value: Any) -> Secret | None:
        words = super().clean(value)
        return Secret(words) if words else None


class KeyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Bezeichnung"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=KeyKind.choices)
    of = forms.ChoiceField(label=gettext_lazy("Er gehört zu"), choices=OF)
    sign_in_name = forms.CharField(label=gettext_lazy("Benutzername"), max_length=120, required=False)
    secret = SecretField(label=gettext_lazy("Schlüssel oder Passwort"), max_length=2000)


class ChangedKeyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Bezeichnung"), max_length=80)
    sign_in_name = forms.CharField(label=gettext_lazy("Benutzername"), max_length=120, required=False)
    secret = SecretField(
        label=gettext_lazy("Neuer Schlüssel oder neues Passwort"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Bleibt das Feld leer, gilt der bisherige weiter."),
    )


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Wozu brauchen Sie ihn?"), choices=Reason.choices)


@sensitive_post_parameters("secret")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """A further key of a contract, or of its provider."""
    contract = get_object_or_404(Contract.objects.visible_to(request.user).select_related("provider"), pk=pk)
    require(request.user, "licenses.keep", on=contract)
    form = KeyForm(sent(request))
    context = {"form": form, "contract": contract}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    said = dict(form.cleaned_data)
    owner = contract if said.pop("of") == "contract" else contract.provider
    try:
        once.run(lambda: keeping.keep(owner, **said, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Der Schlüssel ist verschlüsselt gespeichert."))
    return see_other("contract", pk=pk)


@sensitive_post_parameters("secret")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    key = _visible(request, pk)
    require(request.user, "licenses.keep", on=key)
    form = ChangedKeyForm(sent(request), initial={"name": key.name, "sign_in_name": key.sign_in_name})
    context = {"form": form, "key": key, "contract": key.contract}
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return render(request, EDIT, context, status=422)
    try:
        once.run(lambda: keeping.change(key, **form.cleaned_data, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, EDIT, context)
    messages.success(request, _("Gespeichert."))
    return see_other("key", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: MemberRequest, pk: int) -> HttpResponse:
    """All about a key but what it says; that is shown to who may see it and says what for."""
    found = _visible(request, pk)
    require(request.user, "licenses.reveal_keys" if request.method == "POST" else "licenses.see", on=found)
    form = ReasonForm(sent(request))
    if request.method != "POST":
        return render(request, PAGE, _all_about(request, found, form))
    if not form.is_valid():
        return render(request, PAGE, _all_about(request, found, form), status=422)
    reason = Reason(form.cleaned_data["reason"])
    try:
        shown = once.run(lambda: revealing.reveal(found, reason=reason, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, _all_about(request, found, form))
    return secret(render(request, PAGE, _all_about(request, found, form) | {"shown": shown}))


@login_required
@require_POST
def forget(request: MemberRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    require(request.user, "licenses.keep", on=found)
    try:
        once.run(lambda: keeping.forget(found, by=request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return see_other("key", pk=pk)
    messages.success(request, _("Der Schlüssel ist gelöscht."))
    return see_other("contract", pk=found.contract_id) if found.contract_id else see_other("licenses")


def _visible(request: MemberRequest, pk: int) -> Key:
    return get_object_or_404(Key.objects.visible_to(request.user).select_related("contract", "provider"), pk=pk)


def _all_about(request: MemberRequest, found: Key, form: ReasonForm) -> dict[str, Any]:
    seen = JournalEntry.objects.visible_to(request.user).about(found).filter(verb=revealing.VERB).select_related("by")
    reasons = dict(Reason.choices)
    return {
        "key": found,
        "form": form,
        "seen": [(entry.at, entry.by, reasons.get(entry.facts["reason"], "")) for entry in seen[:LAST]],
        "may_keep": may(request.user, "licenses.keep", on=found),
        "may_reveal": may(request.user, "licenses.reveal_keys", on=found),
    }
