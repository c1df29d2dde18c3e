"""Scopes: where rights hold, kept once and given to many entitlements."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.paging import shown_page
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import SearchForm
from frontend.views.licenses.forms import ScopeForm
from leihwerk.errors import DomainError
from licenses import scopes
from licenses.models import Scope
from licenses.search import scopes_found
from people import once
from people.models import Institution
from people.permissions import may, require

PAGE = "frontend/licenses/scopes.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """All scopes with a form for one: a new one, or the one that is named."""
    seen = Scope.objects.visible_to(request.user).prefetch_related("institutions")
    scope = get_object_or_404(seen, pk=pk) if pk else None
    center = scope.center if scope else own_center(request)
    require(request.user, "licenses.keep" if pk or request.method == "POST" else "licenses.see", on=center)
    institutions = Institution.objects.visible_to(request.user).filter(center=center).open()
    initial = {}
    if scope:
        initial = {name: getattr(scope, name) for name in ("name", "school_forms", "institution_kinds")}
        initial |= {"territory": ", ".join(scope.territory), "institutions": scope.institutions.all()}
    form = ScopeForm(institutions, sent(request), initial=initial)
    may_keep = may(request.user, "licenses.keep", on=center)
    words = SearchForm(request.GET)
    found = scopes_found(seen.filter(center=center), words.cleaned_data["search"] if words.is_valid() else "")
    context = {"form": form, "scope": scope, "words": words, "shown": shown_page(request, found), "may_keep": may_keep}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    said = form.cleaned_data
    try:
        if scope:
            once.run(lambda: scopes.edit(scope, **said, by=request.user))
        else:
            once.run(lambda: scopes.add(center, **said, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert."))
    return see_other("scopes")
