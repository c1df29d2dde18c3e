"""Looking for media: by words, kind, subject and level."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.answers import page_or_fragment, see_other
from frontend.context import center_of
from frontend.forms import SearchInput
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.selection import Selection
from licenses.models import Medium, MediumKind
from licenses.models.medium import MediumQuerySet
from licenses.search import of_word, search, words_in
from people.models import Center
from people.permissions import may

ALONGSIDE = 3
WORDS = {"subject": "subjects", "level": "levels"}


class MediaFilterForm(forms.Form):
    """What somebody is looking for. Subjects and levels are those that there are."""

    is_filter = True

    search = forms.CharField(label=_("Suche"), required=False, max_length=100, widget=SearchInput)
    kind = forms.ChoiceField(label=_("Medienart"), required=False, choices=[("", _("Alle")), *MediumKind.choices])
    subject = forms.ChoiceField(label=_("Fach"), required=False)
    level = forms.ChoiceField(label=_("Stufe"), required=False)

    def __init__(self, *args: Any, media: MediumQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {column: words_in(media, column) for column in WORDS.values()}
        for name, column in WORDS.items():
            words = [(word, word) for word in self.known[column]]
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Alle")), *words]


@login_required
@require_safe
def browse(request: MemberRequest) -> HttpResponse:
    center = center_of(request)
    if center is None:
        return see_other("home")
    media = listed_media(request, center)
    form = MediaFilterForm(request.GET, media=media)
    form.is_valid()
    context = {
        "form": form,
        "selection": Selection.of(request.GET),
        "is_narrowed": any(form.cleaned_data.values()),
        "shown": shown_page(request, _found(media, form).select_related("provider")),
        "may_keep": may(request.user, "licenses.keep", on=center),
    }
    return page_or_fragment(request, "frontend/media/media.html", "frontend/media/_results.html", context)


def listed_media(request: MemberRequest, center: Center) -> MediumQuerySet:
    return Medium.objects.visible_to(request.user).listed().filter(center=center)


def found_alongside(request: MemberRequest, center: Center, words: str) -> dict[str, Any]:
    """The first few media for what somebody typed who looks for products."""
    if not words.strip():
        return {"media": [], "media_count": 0}
    found = search(listed_media(request, center), words)
    first = list(found.select_related("provider")[: ALONGSIDE + 1])
    return {"media": first[:ALONGSIDE], "media_count": found.count() if len(first) > ALONGSIDE else len(first)}


def _found(media: MediumQuerySet, form: MediaFilterForm) -> MediumQuerySet:
    wanted = form.cleaned_data
    if wanted.get("kind"):
        media = media.filter(kind=wanted["kind"])
    for name, column in WORDS.items():
        if wanted.get(name):
            media = of_word(media, column, wanted[name])
    return search(media, wanted.get("search", ""), known=form.known)
