"""Mein Konto: who I am here, for whom I act, what is known about me, and how to go."""

import json

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.answers import see_other
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from leihwerk.errors import DomainError
from lending.privacy import open_business_of
from office.disclosure import disclose
from people import accounts, once
from people.memberships.leaving import leave_everywhere
from people.models import User

PAGE, CLOSE = "frontend/my_account/my_account.html", "frontend/my_account/close.html"


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A ModelForm for its fields and checks only; the verb writes."""

    language = forms.ChoiceField(label=_("Sprache"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("salutation", "name", "phone", "language")
        help_texts = {"salutation": _("Zum Beispiel: Frau, Herr, Frau Dr. – wie wir Sie in Briefen ansprechen.")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(sent(request), instance=User.objects.get(pk=request.user.pk))
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    user = once.run(lambda: accounts.describe(request.user, **form.cleaned_data))
    with translation.override(user.language):
        messages.success(request, _("Gespeichert."))
    answer = see_other("my_account")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=request.is_secure())
    return answer


@login_required
@require_safe
def my_disclosure(request: MemberRequest) -> HttpResponse:
    """Everything that names this person, as a file (GDPR art. 15 and 20)."""
    told = json.dumps(disclose(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    answer = HttpResponse(told, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="leihwerk-auskunft-{timezone.localdate():%Y-%m-%d}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: MemberRequest) -> HttpResponse:
    context = {"open_business": open_business_of(request.user, now=timezone.now())}
    if request.method != "POST":
        return render(request, CLOSE, context)
    try:
        once.run(lambda: leave_everywhere(request.user, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, CLOSE, context)
    logout(request)
    messages.success(request, _("Ihr Konto ist geschlossen."))
    return see_other("home")


urlpatterns = [
    path("mein-konto/", my_account, name="my_account"),
    path("mein-konto/auskunft/", my_disclosure, name="my_disclosure"),
    path("mein-konto/schliessen/", close_account, name="close_account"),
]
