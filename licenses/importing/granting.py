"""What a licence of a list permits, and what it costs. Pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from licenses.entitlements import Rights
from licenses.importing.licence_cells import Capacity, Cost, Licence, PupilAccess
from licenses.models import Scope
from licenses.periods import months_of
from licenses.rights import BY_PUPILS, Action, Preset


def rights(preset: Preset, licence: Licence, *scopes: Scope) -> Rights:
    """What is usual for ``preset``, with what the list says about pupils at home and about how many."""
    counted = licence.capacity or Capacity()
    usual = Rights.of(preset, *scopes, capacity_kind=counted.kind, capacity=counted.number)
    if licence.pupil_access is None:
        return usual
    permitted, prohibited = _at_home(licence.pupil_access)
    return replace(
        usual,
        permitted=(frozenset(usual.permitted) - prohibited) | permitted,
        prohibited=(frozenset(usual.prohibited) - permitted) | prohibited,
    )


def _at_home(access: PupilAccess) -> tuple[frozenset[str], frozenset[str]]:
    """What pupils may, and may not; a plain yes leaves downloads as they are usual."""
    if not access.streams:
        return frozenset(), BY_PUPILS
    return frozenset(BY_PUPILS if access.downloads else {Action.PUPIL_STREAM.value}), frozenset()


def cost_of_period(cost: Cost | None, starts_on: date, ends_on: date | None) -> Decimal:
    """Euros for all of it. What is paid yearly counts for its whole months; without an end, for one year."""
    if cost is None:
        return Decimal(0)
    if not cost.is_yearly or ends_on is None:
        return cost.amount
    return (cost.amount * months_of(starts_on, ends_on) / 12).quantize(Decimal("0.01"))
