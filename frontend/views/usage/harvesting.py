"""Which programs of others fetch reports of use over the COUNTER API. A key is shown once."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.context import own_center
from frontend.requests import MemberRequest, sent
from licenses.models import Harvester
from licenses.usage import harvesters
from licenses.usage.customers import Whose
from people import once
from people.models import Center, Institution
from people.permissions import may, require

PAGE = "frontend/usage/harvesters.html"


class HarvesterForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Wer holt ab?"), max_length=120, help_text=gettext_lazy("Zum Beispiel die Stadtbibliothek.")
    )
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Für welche Einrichtung?"),
        required=False,
        queryset=Institution.objects.none(),
        empty_label=gettext_lazy("das ganze Medienzentrum"),
    )

    def __init__(self, center: Center, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        field.queryset = Institution.objects.filter(center=center).order_by("sort_name")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest) -> HttpResponse:
    """Those there are, and a form for one more; its key stands on the page that answers, and nowhere else."""
    center = own_center(request)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=center)
    form = HarvesterForm(center, sent(request))
    context: dict[str, Any] = {
        "form": form,
        "may_keep": may(request.user, "licenses.keep", on=center),
        "door": request.build_absolute_uri("/r51/"),
    }
    status = 200
    if request.method == "POST":
        if form.is_valid():
            said = form.cleaned_data
            context["admitted"], context["key"] = once.run(lambda: harvesters.admit(center, **said, by=request.user))
            context["customer_id"] = Whose(center, said["institution"]).customer_id
            context["form"] = HarvesterForm(center)
        else:
            status = 422
    rows = Harvester.objects.visible_to(request.user).filter(center=center).select_related("center", "institution")
    context["harvesters"] = [(it, Whose(it.center, it.institution).customer_id) for it in rows]
    return render(request, PAGE, context, status=status)


@login_required
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    harvester = get_object_or_404(Harvester.objects.visible_to(request.user), pk=pk)
    require(request.user, "licenses.keep", on=harvester)
    once.run(lambda: harvesters.revoke(harvester, by=request.user))
    messages.success(request, _("„{name}“ holt nichts mehr ab.").format(name=harvester))
    return see_other("harvesters")
