"""Zu drucken, Anzurufen: what people do for those who have no mail."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.context import center_of
from frontend.reading import row_id
from frontend.requests import MemberRequest
from frontend.views.letters.overview import own_letters, tabs
from people.letters import done, paper
from people.letters.done import CallResult
from people.once import run
from people.permissions import require


@login_required
@require_safe
def to_print(request: MemberRequest) -> HttpResponse:
    require(request.user, "letters.send", on=center_of(request))
    waiting = list(own_letters(request).to_print().order_by("pk"))
    return render(request, "frontend/letters/to_print.html", {"tabs": tabs(request), "letters": waiting})


@login_required
@require_safe
def to_print_pdf(request: MemberRequest) -> HttpResponse:
    """The letters of the list that somebody looks at: up to the last one of it."""
    require(request.user, "letters.send", on=center_of(request))
    waiting = own_letters(request).to_print().order_by("pk")
    if last := row_id(request.GET.get("last")):
        waiting = waiting.filter(pk__lte=last)
    answer = HttpResponse(paper.pdf(list(waiting)), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="briefe.pdf"'
    return answer


@login_required
@require_POST
def posted(request: MemberRequest) -> HttpResponse:
    require(request.user, "letters.send", on=center_of(request))
    waiting = own_letters(request).to_print()
    ticked = {row_id(pk) for pk in request.POST.getlist("letters")}
    ids = [letter.pk for letter in waiting if letter.pk in ticked]
    count = len(run(lambda: done.posted(ids, by=request.user)))
    told = ngettext("{n} Brief ist als verschickt eingetragen.", "{n} Briefe sind als verschickt eingetragen.", count)
    messages.success(request, told.format(n=count))
    return see_other("letters_to_print")


@login_required
@require_safe
def to_call(request: MemberRequest) -> HttpResponse:
    require(request.user, "letters.send", on=center_of(request))
    waiting = own_letters(request).to_call().order_by("pk")
    context = {"tabs": tabs(request), "letters": waiting, "results": CallResult}
    return render(request, "frontend/letters/to_call.html", context)


class CallForm(forms.Form):
    result = forms.ChoiceField(label=_("Ergebnis"), choices=CallResult.choices)


@login_required
@require_POST
def called(request: MemberRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(own_letters(request), pk=pk)
    require(request.user, "letters.send", on=letter)
    form = CallForm(request.POST)
    if form.is_valid():
        result = form.cleaned_data["result"]
        run(lambda: done.called(letter, result=result, by=request.user))
        messages.success(request, _("Eingetragen: {result}.").format(result=CallResult(result).label))
    else:
        messages.error(request, _("Bitte wählen Sie, wie der Anruf ausging."))
    return see_other("letters_to_call")
