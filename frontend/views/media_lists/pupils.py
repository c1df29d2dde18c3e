"""For pupils: a code, and what is on its list. No account, no name; a browser knows the code until it is closed."""

from typing import Final

from allauth.account.adapter import get_adapter
from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import see_other
from frontend.counted import is_counted
from frontend.errors import refused
from frontend.repeating import every_time
from frontend.requests import PageRequest, sent
from frontend.views.media_lists.keeping import leads_on
from leihwerk.errors import DomainError
from licenses import links, pupil_codes
from licenses.decisions import decide_for_pupils
from licenses.models import Medium, PupilCode
from licenses.rights import BY_PUPILS, Action
from licenses.using import use_by_pupils

CODE: Final = "pupil_code"
ENTER: Final = "frontend/media_lists/enter.html"


class CodeForm(forms.Form):
    """The twelve letters, with or without what stands between them."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("12 Zeichen, zum Beispiel ABCD-EFGH-JKLM"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-from-hash": ""}
        ),
    )


@every_time
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PageRequest) -> HttpResponse:
    form = CodeForm(sent(request))
    if request.method != "POST":
        return render(request, ENTER, {"form": form})
    if not form.is_valid():
        return render(request, ENTER, {"form": form}, status=422)
    address = get_adapter(request).get_client_ip(request)
    try:
        code = pupil_codes.found(form.cleaned_data["code"], address=address)
    except DomainError as refusal:
        return refused(request, refusal, ENTER, {"form": form})
    request.session[CODE] = code.pk
    if request.user.is_anonymous:
        request.session.cycle_key()
        request.session.set_expiry(0)
    return see_other("pupil_list")


@never_cache
@require_safe
def listed(request: PageRequest) -> HttpResponse:
    code = _code(request)
    if code is None:
        return see_other("pupils")
    media = [title.medium for title in code.media_list.titles.select_related("medium__provider", "medium__center")]
    answers = decide_for_pupils(code.institution, media)
    rows = [(medium, [it.action for it in answers[medium.pk].values() if leads_on(medium, it)]) for medium in media]
    context = {"code": code, "list": code.media_list, "rows": sorted(rows, key=lambda row: not row[1])}
    return render(request, "frontend/media_lists/pupil_list.html", context)


@every_time
@never_cache
@require_POST
def use_medium(request: PageRequest, pk: int) -> HttpResponse:
    """To the file, or to the provider; a reload is a new use."""
    code, action = _code(request), request.POST.get("action", "")
    if code is None:
        return see_other("pupils")
    on_list = Medium.objects.filter(on_list__media_list=code.media_list_id)
    medium = get_object_or_404(on_list, pk=pk)
    if action not in BY_PUPILS:
        raise Http404
    session = request.session.session_key or ""
    answer = use_by_pupils(medium, code=code, action=Action(action), session=session, is_counted=is_counted(request))
    token = links.token_for(answer, code)
    if token:
        return see_other("medium_play" if answer.action in links.PLAYS else "file_link", token)
    if answer.is_allowed and medium.link:
        return HttpResponseRedirect(medium.link)
    return see_other("pupil_list")


@require_POST
def leave(request: PageRequest) -> HttpResponse:
    """For the next one in front of this screen."""
    request.session.pop(CODE, None)
    return see_other("pupils")


def _code(request: PageRequest) -> PupilCode | None:
    known = request.session.get(CODE)
    return pupil_codes.in_force(known) if isinstance(known, int) else None
