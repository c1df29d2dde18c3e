"""Medienlisten: teachers choose media for their pupils."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import see_other
from frontend.context import own_center
from frontend.paging import shown_page
from frontend.reading import row_id
from frontend.requests import MemberRequest, sent
from licenses import links
from licenses import media_lists as verbs
from licenses.decisions import Answer, decide_for_pupils
from licenses.models import MediaList, Medium
from licenses.rights import Action
from people import once
from people.models import Institution
from people.permissions import may, require


class ListForm(forms.Form):
    """A new list; whose it is is asked of those who act for several institutions."""

    title = forms.CharField(
        label=_("Titel"), max_length=80, help_text=_("Zum Beispiel „Klima, Klasse 7“. Bitte keine Namen von Personen.")
    )

    institution = forms.ModelChoiceField(
        label=_("Einrichtung"), queryset=Institution.objects.none(), empty_label=_("Bitte wählen")
    )

    def __init__(self, institutions: list[Institution], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        its = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        its.queryset = Institution.objects.filter(pk__in=[it.pk for it in institutions])
        if len(institutions) == 1:
            its.initial, its.widget = institutions[0], forms.HiddenInput()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def media_lists(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "licenses.use")
    there = Institution.objects.visible_to(request.user).filter(center=center).open()
    own = [it for it in there if may(request.user, "licenses.use", on=it)]
    form = ListForm(own, sent(request))
    rows = MediaList.objects.visible_to(request.user).filter(center=center).select_related("institution")
    context = {
        "form": form if own else None,
        "center": center,
        "shown": shown_page(request, rows.annotate(count=Count("titles")).order_by("-made_at", "-pk"), 50),
        "is_off": center.files_given_out_at is None,
    }
    page = "frontend/media_lists/media_lists.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=422)
    said = form.cleaned_data
    made = once.run(lambda: verbs.begin(said["institution"], title=said["title"], by=request.user))
    return see_other("media_list", pk=made.pk)


@login_required
@require_safe
def media_list(request: MemberRequest, pk: int) -> HttpResponse:
    """What is on it, and what of that pupils get to see."""
    found = list_of(request, pk)
    media = [title.medium for title in found.titles.select_related("medium__provider", "medium__center")]
    answers = decide_for_pupils(found.institution, media)
    context = {
        "list": found,
        "rows": [(medium, *seen_with_code(medium, answers[medium.pk])) for medium in media],
        "code": found.codes.standing().first(),
        "is_off": found.center.files_given_out_at is None,
    }
    return render(request, "frontend/media_lists/media_list.html", context)


@login_required
@require_POST
def put_on(request: MemberRequest, pk: int) -> HttpResponse:
    found = list_of(request, pk)
    medium = get_object_or_404(Medium.objects.visible_to(request.user), pk=row_id(request.POST.get("medium")))
    once.run(lambda: verbs.put_on(found, medium, by=request.user))
    messages.success(request, _("„{medium}“ steht jetzt auf der Liste.").format(medium=medium))
    return see_other("media_list", pk=pk)


@login_required
@require_POST
def take_off(request: MemberRequest, pk: int) -> HttpResponse:
    found = list_of(request, pk)
    medium = get_object_or_404(Medium.objects.visible_to(request.user), pk=row_id(request.POST.get("medium")))
    once.run(lambda: verbs.take_off(found, medium, by=request.user))
    messages.success(request, _("„{medium}“ steht nicht mehr auf der Liste.").format(medium=medium))
    return see_other("media_list", pk=pk)


@login_required
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    found = list_of(request, pk)
    once.run(lambda: verbs.discard(found, by=request.user))
    messages.success(request, _("Die Liste ist gelöscht, mit ihrem Code."))
    return see_other("media_lists")


def list_of(request: MemberRequest, pk: int) -> MediaList:
    """Raises Http404, NotPermitted."""
    seen = MediaList.objects.visible_to(request.user).select_related("institution__center", "center")
    found = get_object_or_404(seen, pk=pk)
    require(request.user, "licenses.use", on=found)
    return found


def seen_with_code(medium: Medium, answers: dict[Action, Answer]) -> tuple[Answer, bool]:
    """What counts for pupils, watching before downloading, and whether a way leads there."""
    open_ones = [it for it in answers.values() if it.is_allowed]
    leading = [it for it in open_ones if leads_on(medium, it)]
    return next(iter([*leading, *open_ones, *answers.values()])), bool(leading)


def leads_on(medium: Medium, answer: Answer) -> bool:
    """Whether it is allowed, and there is a file or an address for it."""
    return answer.is_allowed and (bool(medium.link) or links.has_file(medium, answer.action))
