"""What the desk agrees about one loan: promised, searched, dropped off; letters that rest, or go out now."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.forms import DateInput
from frontend.requests import MemberRequest
from frontend.templatetags.german import day
from lending.calendars import promised_moment
from lending.models import Loan, QuietReason
from lending.overdue import promise_back
from lending.reminders import pause, remind_now, resume
from lending.returns import drop_off, take_back
from lending.searching import note_not_found, note_said_back
from people.once import run
from people.permissions import require


class PromiseForm(forms.Form):
    expected_on = forms.DateField(label=gettext_lazy("Zugesagt für"), widget=DateInput)


class PauseForm(forms.Form):
    until_on = forms.DateField(label=gettext_lazy("Erinnerungen aussetzen bis"), widget=DateInput)
    reason = forms.ChoiceField(label=gettext_lazy("Grund"), choices=QuietReason.choices)


@login_required
@require_POST
def loan_promise(request: MemberRequest, pk: int) -> HttpResponse:
    """The desk was told on the phone when it comes."""
    shown = _loan(request, pk)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte geben Sie einen Tag an."))
        return see_other("loan", shown.pk)
    moment = promised_moment(shown.center, form.cleaned_data["expected_on"])
    run(lambda: promise_back(shown, at=moment, by=request.user))
    told = _("Zugesagt für {day}. Bis dahin schreiben wir nicht.")
    messages.success(request, told.format(day=day(form.cleaned_data["expected_on"])))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_said_back(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk)
    run(lambda: note_said_back(shown, by=request.user))
    messages.success(request, _("Steht auf der Suchliste. Zwei Öffnungstage lang schreiben wir nicht."))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_found(request: MemberRequest, pk: int) -> HttpResponse:
    """It stood on the shelf: taken back, to be checked like everything that comes back."""
    shown = _loan(request, pk)
    run(lambda: take_back(shown.item, by=request.user))
    messages.success(request, _("{item} ist zurückgenommen. Bitte noch prüfen.").format(item=shown.item))
    return see_other("loans_searched")


@login_required
@require_POST
def loan_not_found(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk)
    run(lambda: note_not_found(shown, by=request.user))
    told = _("{item} steht nicht mehr auf der Suchliste. Wir erinnern weiter.")
    messages.success(request, told.format(item=shown.item))
    return see_other("loans_searched")


@login_required
@require_POST
def loan_drop_off(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk)
    run(lambda: drop_off(shown, by=request.user))
    messages.success(request, _("Als abgegeben notiert, noch ungeprüft."))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_pause(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk, "letters.send")
    form = PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie einen Tag und einen Grund."))
        return see_other("loan", shown.pk)
    until, reason = form.cleaned_data["until_on"], QuietReason(form.cleaned_data["reason"])
    run(lambda: pause(shown, until=until, reason=reason, by=request.user))
    messages.success(request, _("Bis {day} schreiben wir nicht.").format(day=day(until)))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_resume(request: MemberRequest, pk: int) -> HttpResponse:
    shown = _loan(request, pk, "letters.send")
    run(lambda: resume(shown, by=request.user))
    messages.success(request, _("Erinnerungen gehen weiter."))
    return see_other("loan", shown.pk)


@login_required
@require_POST
def loan_remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Jetzt senden."""
    shown = _loan(request, pk, "letters.send")
    intent = run(lambda: remind_now(shown, by=request.user))
    if intent.needs_release:
        messages.success(request, _("Das Schreiben wartet unter „Briefe und Erinnerungen“ auf Ihre Freigabe."))
    else:
        messages.success(request, _("Die Erinnerung geht mit dem nächsten Brief hinaus."))
    return see_other("letters") if request.POST.get("back") == "letters" else see_other("loan", shown.pk)


def _loan(request: MemberRequest, pk: int, verb: str = "lending.take_back") -> Loan:
    rows = Loan.objects.visible_to(request.user).open().select_related("item__product", "institution", "center")
    shown = get_object_or_404(rows, pk=pk)
    require(request.user, verb, on=shown)
    return shown


urlpatterns = [
    path("<int:pk>/zugesagt/", loan_promise, name="loan_promise"),
    path("<int:pk>/angeblich-zurueck/", loan_said_back, name="loan_said_back"),
    path("<int:pk>/gefunden/", loan_found, name="loan_found"),
    path("<int:pk>/nicht-gefunden/", loan_not_found, name="loan_not_found"),
    path("<int:pk>/abgegeben/", loan_drop_off, name="loan_drop_off"),
    path("<int:pk>/aussetzen/", loan_pause, name="loan_pause"),
    path("<int:pk>/weiter-erinnern/", loan_resume, name="loan_resume"),
    path("<int:pk>/jetzt-erinnern/", loan_remind, name="loan_remind"),
]
