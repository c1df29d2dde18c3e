"""Where rights hold: scopes by name, kept once and given to as many entitlements as need them."""

from collections.abc import Collection, Iterable

from django.db import transaction

from leihwerk.constraints import refusing
from licenses.errors import NameIsTaken, OfAnotherCenter
from licenses.models import Scope, ScopeInstitution
from people import journal
from people.models import Center, Institution, User


@transaction.atomic
def add(
    center: Center,
    *,
    name: str,
    territory: Collection[str] = (),
    school_forms: Collection[str] = (),
    institution_kinds: Collection[str] = (),
    institutions: Iterable[Institution] = (),
    by: User,
) -> Scope:
    """A scope of ``center``; what is left empty does not matter. Raises NameIsTaken, OfAnotherCenter."""
    scope = Scope(center=center, name=name)
    return _write("scope.added", scope, territory, school_forms, institution_kinds, institutions, by)


@transaction.atomic
def edit(
    scope: Scope,
    *,
    name: str,
    territory: Collection[str] = (),
    school_forms: Collection[str] = (),
    institution_kinds: Collection[str] = (),
    institutions: Iterable[Institution] = (),
    by: User,
) -> Scope:
    """Draw it anew, for every entitlement that holds there. Raises NameIsTaken, OfAnotherCenter."""
    scope = Scope.objects.select_for_update(no_key=True).get(pk=scope.pk)
    scope.name = name
    return _write("scope.changed", scope, territory, school_forms, institution_kinds, institutions, by)


def _write(
    verb: str,
    scope: Scope,
    territory: Collection[str],
    school_forms: Collection[str],
    institution_kinds: Collection[str],
    institutions: Iterable[Institution],
    by: User,
) -> Scope:
    named = list(institutions)
    if any(institution.center_id != scope.center_id for institution in named):
        raise OfAnotherCenter
    scope.territory, scope.school_forms = sorted(territory), sorted(school_forms)
    scope.institution_kinds = sorted(institution_kinds)
    with refusing("scope_name_is_used_once", NameIsTaken(name=scope.name)):
        scope.save()
    scope.named.exclude(institution__in=named).delete()
    there = set(scope.named.values_list("institution", flat=True))
    ScopeInstitution.objects.bulk_create(
        ScopeInstitution(center_id=scope.center_id, scope=scope, institution=institution)
        for institution in named
        if institution.pk not in there
    )
    journal.record(
        verb,
        scope,
        by=by,
        territory=scope.territory,
        school_forms=scope.school_forms,
        institution_kinds=scope.institution_kinds,
        institutions=sorted(institution.pk for institution in named),
    )
    return scope
