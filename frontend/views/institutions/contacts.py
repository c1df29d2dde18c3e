"""People of an institution without an account."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.institutions.card import institution_of
from frontend.views.letters.addresses import refusal_of
from frontend.views.letters.history import told_and_to_come
from leihwerk.errors import DomainError
from people import contacts, once
from people.models import Contact, Letter
from people.permissions import require

PAGE = "frontend/institutions/contact.html"


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A ModelForm for its fields and checks only; the verb writes."""

    class Meta:
        model = Contact
        fields = ("name", "function", "phone", "email", "channel")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: MemberRequest, pk: int) -> HttpResponse:
    institution = institution_of(request, pk)
    require(request.user, "contacts.keep", on=institution)
    form = ContactForm(sent(request))
    context = {"form": form, "institution": institution}
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    try:
        added = once.run(lambda: contacts.add(institution, by=request.user, **form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("{name} ist eingetragen.").format(name=added.name))
    return see_other("institution", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _contact(request, pk)
    form = ContactForm(sent(request), instance=_contact(request, pk))
    letters = Letter.objects.visible_to(request.user).filter(contact=shown)
    context = {
        "form": form,
        "institution": shown.institution,
        "contact": shown,
        "refusal_of_mail": refusal_of(shown),
        **told_and_to_come(shown, letters, timezone.now()),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, context, status=422 if form.errors else 200)
    try:
        once.run(lambda: contacts.edit(shown, by=request.user, **form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert."))
    return see_other("institution", pk=shown.institution_id)


@login_required
@require_POST
def contact_left(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _contact(request, pk)
    once.run(lambda: contacts.leave(shown, by=request.user))
    messages.success(request, _("{name} steht nicht mehr zur Auswahl.").format(name=shown.name))
    return see_other("institution", pk=shown.institution_id)


def _contact(request: MemberRequest, pk: int) -> Contact:
    """Raises Http404, NotPermitted."""
    visible = Contact.objects.visible_to(request.user).select_related("institution")
    shown = get_object_or_404(visible, pk=pk)
    require(request.user, "contacts.keep", on=shown)
    return shown
