"""A contract of a centre with everything that hangs on it."""

from datetime import date
from typing import Any

from licenses import contracts, scopes, seats
from licenses.entitlements import Rights, entitle
from licenses.models import Contract, Medium, Provider, Scope
from licenses.rights import Preset
from people.models import Center, User


def licensed(center: Center, provider: Provider, *, by: User) -> dict[str, Any]:
    """One of each kind; its own manager has the seat. ``withdrawable`` is an entitlement of which nobody had one."""
    contract = contracts.sign(center, provider=provider, number=f"V-{center.pk}", title=f"Vertrag {center.slug}", by=by)
    period = contracts.begin(contract, starts_on=date(2026, 1, 1), ends_on=date(2030, 12, 31), by=by)
    scope = scopes.add(center, name=f"Bereich {center.slug}", by=by)
    film = Medium.objects.create(
        center=center, provider=provider, number="4699001", title=f"Kurzfilm {center.slug}", kind="dvd"
    )
    rights = Rights.of(Preset.SOFTWARE, scope, capacity_kind="named", capacity=3)
    entitlement = entitle(period, to=film, rights=rights, by=by)
    return {
        "contract": contract,
        "period": period,
        "scope": scope,
        "entitlement": entitlement,
        "withdrawable": entitle(period, to=film, rights=Rights.of(Preset.LAND, scope), by=by),
        "seat": seats.assign(entitlement, to=by, by=by),
    }


def mark_of(row: Any) -> str:
    """What hangs on a medium is called like it, and the medium may be seen by many."""
    return str(row) if isinstance(row, Contract | Scope) else ""
