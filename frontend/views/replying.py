"""The page behind the link in a reminder: when it comes, or that it is back already. Nobody signs in.

Looking at it changes nothing, for mail servers look, too; only what is sent from it does.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.forms import DateInput
from frontend.reading import row_id
from frontend.templatetags.german import day
from leihwerk.errors import DomainError
from lending import replying
from lending.calendars import calendar_of
from lending.models import Loan
from people.once import run

DAYS_OFFERED: Final = 5


class DayForm(forms.Form):
    """A day of one's own, or the one on the button that was pressed."""

    depending = ("other_on",)
    on = forms.DateField(required=False)
    other_on = forms.DateField(label=gettext_lazy("An einem anderen Tag"), required=False, widget=DateInput)

    @property
    def day(self) -> date | None:
        chosen: date | None = self.cleaned_data.get("on") or self.cleaned_data.get("other_on")
        return chosen


@never_cache
@require_safe
def reply(request: HttpRequest, token: str) -> HttpResponse:
    asked = replying.read(token)
    return _page(request, asked, token, DayForm()) if asked else _over(request, 404)


@never_cache
@require_POST
def reply_bring(request: HttpRequest, token: str) -> HttpResponse:
    """Ich bringe es am …"""
    asked = replying.read(token)
    if asked is None:
        return _over(request, 404)
    form = DayForm(request.POST)
    if not form.is_valid() or form.day is None:
        form.add_error("other_on", _("Bitte wählen Sie einen Tag."))
        return _page(request, asked, token, form, status=422)
    chosen = form.day
    told = _("Danke. Wir erwarten es am {day}.").format(day=day(chosen))
    return _answered(request, asked, token, lambda: replying.bring_on(asked, _chosen(request), chosen), told)


@never_cache
@require_POST
def reply_back(request: HttpRequest, token: str) -> HttpResponse:
    """Ich habe es schon zurückgegeben."""
    asked = replying.read(token)
    if asked is None:
        return _over(request, 404)
    told = _("Danke. Wir suchen danach und melden uns, wenn wir es nicht finden.")
    return _answered(request, asked, token, lambda: replying.say_back(asked, _chosen(request)), told)


def _answered(
    request: HttpRequest, asked: replying.Asked, token: str, verb: Callable[[], list[Loan]], told: str
) -> HttpResponse:
    try:
        run(verb)
    except DomainError as refusal:
        if refusal.is_transient:
            raise
        return _page(request, asked, token, DayForm(), status=refusal.status, refusal=refusal)
    messages.success(request, told)
    return see_other("reply", token)


def _chosen(request: HttpRequest) -> set[int]:
    return {pk for typed in request.POST.getlist("loans") if (pk := row_id(typed))}


def _page(
    request: HttpRequest,
    asked: replying.Asked,
    token: str,
    form: DayForm,
    *,
    status: int = 200,
    refusal: DomainError | None = None,
) -> HttpResponse:
    loans = asked.loans()
    if not loans:
        return _over(request, 200)
    center = loans[0].center
    days = asked.days(calendar_of(center), timezone.now())
    form.fields["other_on"].widget.attrs |= {"min": days[0], "max": days[-1]} if days else {}
    context: dict[str, Any] = {
        "token": token,
        "center": center,
        "loans": loans,
        "days": days[:DAYS_OFFERED],
        "has_more_days": len(days) > DAYS_OFFERED,
        "form": form,
        "refusal": refusal,
        "status": status,
    }
    return _unlisted(render(request, "frontend/replies/reply.html", context, status=status))


def _over(request: HttpRequest, status: int) -> HttpResponse:
    """Settled, too old, or never ours: which of them is nobody's business."""
    return _unlisted(render(request, "frontend/replies/over.html", status=status))


def _unlisted(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"  # the address is a key; without any, a browser posts from nowhere
    return answer


urlpatterns = [
    path("antwort/<str:token>/", reply, name="reply"),
    path("antwort/<str:token>/bringen/", reply_bring, name="reply_bring"),
    path("antwort/<str:token>/zurueckgegeben/", reply_back, name="reply_back"),
]
