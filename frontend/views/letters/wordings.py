"""Texte: how the centre words its letters; looked at and tried before anything holds."""

from dataclasses import dataclass
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.requests import MemberRequest
from frontend.views.letters.overview import tabs
from people.letters import blocks, mailing, rewording, trying
from people.letters.checking import troubles
from people.letters.kinds import KINDS
from people.letters.wording import our_text
from people.models import Center, Wording
from people.once import run
from people.permissions import require

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Row:
    """A kind of letter and in which languages the centre words it itself."""

    kind: str
    title: str | Promise
    own: frozenset[str]


@login_required
@require_safe
def wordings(request: MemberRequest) -> HttpResponse:
    center = _kept_center(request)
    own = set(Wording.objects.visible_to(request.user).filter(center=center).values_list("kind", "language"))
    rows = [
        Row(kind, rules.title, frozenset(language for language in LANGUAGES if (kind, language) in own))
        for kind, rules in KINDS.items()
    ]
    context = {"tabs": tabs(request), "rows": rows, "languages": LANGUAGES.items()}
    return render(request, "frontend/letters/wordings.html", context)


class WordingForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Die erste Zeile ist der Betreff. Anrede und Gruß setzen wir dazu."),
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        strip=True,
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if found := troubles(self.kind, text):
            raise forms.ValidationError(found)
        return text


@csp_update({"style-src-attr": [UNSAFE_INLINE]})  # type: ignore[arg-type]  # the styles of the mail in its frame
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    """Only ``keep`` saves; ``try_out`` sends what is typed to whoever types it, everything else only shows it."""
    center = _kept_center(request)
    _expect_known(kind, language)
    text = rewording.text_of(center, kind, language)
    form = WordingForm(request.POST or None, kind=kind, initial={"text": text})
    if form.is_valid():
        text = form.cleaned_data["text"]
        if "keep" in request.POST:
            run(lambda: rewording.reword(center, kind, language, text, by=request.user))
            messages.success(request, _("Gespeichert. Der nächste Brief sagt es so."))
            return see_other("wording", kind, language)
        if "try_out" in request.POST:
            letter = run(lambda: trying.try_out(center, kind, text, language=language, by=request.user))
            messages.success(request, _("Der Testbrief geht an {address}.").format(address=letter.address))
    return _page(request, form, center, kind, language, text)


@login_required
@require_POST
def wording_reset(request: MemberRequest, kind: str, language: str) -> HttpResponse:
    center = _kept_center(request)
    _expect_known(kind, language)
    run(lambda: rewording.reset_wording(center, kind, language, by=request.user))
    messages.success(request, _("Es gilt wieder unser Text."))
    return see_other("wording", kind, language)


def _page(
    request: MemberRequest, form: WordingForm, center: Center, kind: str, language: str, text: str
) -> HttpResponse:
    sample = trying.sample(center, kind, to=request.user)
    letter = None if form.errors else trying.preview(sample, text, language=language)
    context = {
        "form": form,
        "kind": kind,
        "worded_in": language,
        "languages": LANGUAGES.items(),
        "title": KINDS[kind].title,
        "explained": trying.explained(sample, language=language),
        "is_real": bool(sample.subject_id),
        "letter": letter,
        "as_html": mailing.as_html(letter) if letter else "",
        "as_text": blocks.as_text(letter.body) if letter else "",
        "is_own": rewording.text_of(center, kind, language) != our_text(kind, language),
    }
    return render(request, "frontend/letters/wording.html", context, status=422 if form.errors else 200)


def _expect_known(kind: str, language: str) -> None:
    if kind not in KINDS or language not in LANGUAGES:
        raise Http404


def _kept_center(request: MemberRequest) -> Center:
    center = own_center(request)
    require(request.user, "policies.keep", on=center)
    return center
