"""The default and its overrides, each looked at before it holds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import fragment, see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.policies.examples import sentences
from frontend.views.policies.forms import OverrideForm, PolicyForm
from leihwerk.errors import DomainError
from lending import rules
from lending.models import Policy
from lending.models.policy import PolicyQuerySet
from lending.policies import resolved
from lending.presets import BY_KEY, PRESETS
from lending.rulebook import Rulebook
from people import once
from people.models import Center
from people.permissions import require

EXAMPLES = "frontend/policies/_examples.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: MemberRequest) -> HttpResponse:
    """The default rules, with a preset to begin with, and the list of exceptions."""
    center = own_center(request)
    require(request.user, "policies.keep", on=center)
    rulebook = Rulebook.of(center)
    row = _row(rulebook, (None, None, "")) or Policy(center=center)
    preset = BY_KEY.get(request.GET.get("preset", ""))
    usual = rulebook.without_policy(row).terms(None, "")
    form = PolicyForm(sent(request), row=row, usual=usual, initial=dict(preset.said) if preset else {})
    others = Policy.objects.visible_to(request.user).filter(center=center).exclude(pk=row.pk)
    context = {"presets": PRESETS, "preset": preset, "others": _with_words(others)}
    return _keep(request, center, form, "frontend/policies/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "policies.keep", on=center)
    usual = Rulebook.of(center).terms(None, "")
    form = OverrideForm(sent(request), row=Policy(center=center), usual=usual, center=center)
    return _keep(request, center, form, "frontend/policies/override.html", {})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = _policy(request, pk)
    rulebook = Rulebook.of(row.center)
    usual = rulebook.without_policy(row).terms(row.product, row.institution_kind)
    form = PolicyForm(sent(request), row=row, usual=usual)
    return _keep(request, row.center, form, "frontend/policies/override.html", {"policy": row})


@login_required
@require_POST
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    row = _policy(request, pk)
    once.run(lambda: rules.drop_policy(row, by=request.user))
    messages.success(request, _("Die Ausnahme ist entfernt. Es gilt wieder die allgemeine Regel."))
    return see_other("policies")


def _keep(request: MemberRequest, center: Center, form: PolicyForm, page: str, context: dict[str, Any]) -> HttpResponse:
    """Shows what the fields would come to; keeps them when somebody says so, and has seen who would be short."""
    is_valid = form.is_bound and form.is_valid()
    case = _case(form)
    row = _stated(center, form, case) if is_valid else form.row
    rulebook = Rulebook.of(center)
    changed = rulebook.with_policy(row) if is_valid else rulebook
    effect = rules.preview(center, changed) if is_valid else None
    context |= {"form": form, "examples": sentences(changed, row), "effect": effect, "center": center}
    if request.htmx:
        return fragment(request, EXAMPLES, context)
    wants_to_keep = "keep" in request.POST
    has_seen = effect is None or not effect.short or "confirmed" in request.POST
    if not (is_valid and wants_to_keep and has_seen):
        return render(request, page, context, status=422 if form.errors and wants_to_keep else 200)
    try:
        once.run(lambda: rules.keep_policy(center, by=request.user, **case, **form.said()))
    except DomainError as refusal:
        return refused(request, refusal, page, context)
    messages.success(request, _("Gespeichert. Die Regeln gelten ab jetzt."))
    return see_other("policies")


def _case(form: PolicyForm) -> dict[str, Any]:
    if isinstance(form, OverrideForm):
        return form.of_case() if form.is_bound and form.is_valid() else {}
    row = form.row
    return {"product": row.product, "category": row.category, "institution_kind": row.institution_kind}


def _stated(center: Center, form: PolicyForm, case: dict[str, Any]) -> Policy:
    """The row as it would be; not saved."""
    return Policy(center=center, **case, **form.said())


def _row(rulebook: Rulebook, case: tuple[int | None, int | None, str]) -> Policy | None:
    return next((it for it in rulebook.policies if it.case == case), None)


def _policy(request: MemberRequest, pk: int) -> Policy:
    rows = Policy.objects.visible_to(request.user).select_related("center", "product", "category")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, "policies.keep", on=row)
    return row


def _with_words(rows: PolicyQuerySet) -> list[tuple[Policy, str]]:
    """Each exception with what it says."""
    usual = resolved([])
    return [(row, PolicyForm(row=row, usual=usual).words) for row in rows.select_related("product", "category")]
