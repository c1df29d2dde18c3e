"""Where the reports of a source are fetched, and fetching them now."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.requests import MemberRequest, sent
from licenses.models import Key, KeyKind, Source
from licenses.taking_in import fetching
from licenses.tasks import fetch_usage
from people import once
from people.permissions import require

PAGE = "frontend/licenses/source_fetching.html"


class FetchingForm(forms.Form):
    address = forms.URLField(
        label=gettext_lazy("Adresse der COUNTER-Schnittstelle"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Der Anbieter nennt sie Ihnen, ohne /r51/reports. Leer: Es wird nichts abgeholt."),
    )
    release = forms.ChoiceField(label=gettext_lazy("Version"), choices=Source.Release.choices)
    customer_id = forms.CharField(label=gettext_lazy("Kundennummer (customer_id)"), max_length=80, required=False)
    requestor_id = forms.CharField(label=gettext_lazy("Kennung (requestor_id)"), max_length=80, required=False)
    key = forms.ModelChoiceField(
        label=gettext_lazy("Schlüssel (api_key)"),
        queryset=Key.objects.none(),
        required=False,
        empty_label=gettext_lazy("keiner"),
        help_text=gettext_lazy("Sie tragen ihn bei einem Vertrag mit dem Anbieter ein."),
    )

    def __init__(self, keys: "QuerySet[Key]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Key]", self.fields["key"]).queryset = keys


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: MemberRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.visible_to(request.user).select_related("provider"), pk=pk)
    require(request.user, "licenses.keep", on=source)
    keys = Key.objects.visible_to(request.user).filter(kind=KeyKind.USAGE, center=source.center_id)
    initial = {name: getattr(source, name) for name in fetching.ASKED}
    form = FetchingForm(keys, sent(request), initial=initial)
    if request.method != "POST" or not form.is_valid():
        context = {"source": source, "form": form}
        return render(request, PAGE, context, status=422 if form.errors else 200)
    once.run(lambda: fetching.set_up(source, by=request.user, **form.cleaned_data))
    messages.success(request, _("Gespeichert."))
    return see_other("usage_source", pk=pk)


@login_required
@require_POST
def fetch(request: MemberRequest, pk: int) -> HttpResponse:
    """Ring for a worker: an answer may take minutes."""
    source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=source)
    if source.address:
        ring = partial(fetch_usage.apply_async, (source.pk,), retry=False)
        transaction.on_commit(ring, robust=True)
        messages.success(request, _("Die Zahlen werden abgeholt. Das kann einige Minuten dauern."))
    else:
        messages.error(request, _("Für diese Quelle ist keine Adresse eingetragen."))
    return see_other("usage_source", pk=pk)
