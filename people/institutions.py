"""Keeping a centre's institutions: who may borrow, where they are and how they are reached."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from leihwerk.constraints import refusing
from people import journal
from people.errors import MailNeedsAnAddress, OneInternalInstitution, SchoolNumberIsTaken
from people.models import Center, Institution, User
from people.models.institution import Channel

DESCRIBED: Final = frozenset(
    {"kind", "name", "short_name", "parent", "school_number", "school_form", "pupils", "street", "postal_code", "city"}
    | {"phone", "phone_2", "fax", "email", "homepage", "channel", "tour_day", "drop_place", "note"}
)


@transaction.atomic
def add(center: Center, *, by: User, **facts: Any) -> Institution:
    """An institution of ``center``. Raises SchoolNumberIsTaken, OneInternalInstitution, MailNeedsAnAddress."""
    institution = Institution(center=center, **_known(facts))
    _ask_reachable(institution)
    _save(institution)
    journal.record("institution.created", institution, by=by)
    return institution


@transaction.atomic
def edit(institution: Institution, *, by: User, **facts: Any) -> Institution:
    """Describe it anew; only what is named changes. Raises as ``create``."""
    institution = Institution.objects.select_for_update(no_key=True, of=("self",)).get(pk=institution.pk)
    changed = sorted(name for name, value in _known(facts).items() if getattr(institution, name) != value)
    for name in changed:
        setattr(institution, name, facts[name])
    if changed:
        _ask_reachable(institution)
        _save(institution, changed)
        journal.record("institution.changed", institution, by=by, fields=changed)
    return institution


def note(institution: Institution, *, note: str, by: User) -> Institution:
    """What the desk should know about an institution; never about a person (DESIGN section 5)."""
    return edit(institution, by=by, note=note)


@transaction.atomic
def close(institution: Institution, *, by: User, on: date | None = None) -> Institution:
    """It does not borrow any more; what it has is still to come back. A second time changes nothing."""
    institution = Institution.objects.select_for_update(no_key=True, of=("self",)).get(pk=institution.pk)
    if institution.closed_on is None:
        institution.closed_on = on or timezone.localdate()
        institution.save(update_fields=["closed_on"])
        journal.record("institution.closed", institution, by=by, on=institution.closed_on)
    return institution


@transaction.atomic
def reopen(institution: Institution, *, by: User) -> Institution:
    institution = Institution.objects.select_for_update(no_key=True, of=("self",)).get(pk=institution.pk)
    if institution.closed_on is not None:
        institution.closed_on = None
        institution.save(update_fields=["closed_on"])
        journal.record("institution.reopened", institution, by=by)
    return institution


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    if unknown := facts.keys() - DESCRIBED:
        raise TypeError(f"an institution is not described by {sorted(unknown)}")
    return facts


def _ask_reachable(institution: Institution) -> None:
    if institution.channel == Channel.MAIL and not institution.email:
        raise MailNeedsAnAddress


def _save(institution: Institution, fields: list[str] | None = None) -> None:
    number_taken = SchoolNumberIsTaken(number=institution.school_number)
    with (
        refusing("institution_has_its_school_number_alone", number_taken),
        refusing("center_has_one_internal_institution", OneInternalInstitution()),
    ):
        institution.save(update_fields=fields)
