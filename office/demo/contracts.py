"""What the invented centre has licensed: contracts, what they permit where, and who has a seat."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from licenses import contracts, scopes, seats
from licenses.entitlements import Rights, entitle
from licenses.models import Medium, Period, Provider, Scope
from licenses.rights import Preset
from office.demo.cast import Cast

CONTRACTS: Final = Path(__file__).with_name("contracts.toml")
DESCRIBED: Final = ("number", "title", "renews_itself", "renewal_months", "notice_months", "cost_center")


def license_media(cast: Cast) -> None:
    """After the media are there."""
    told: dict[str, Any] = tomllib.loads(CONTRACTS.read_text())
    places = {row["name"]: scopes.add(cast.center, by=cast.manager, **row) for row in told["scope"]}
    for row in told["contract"]:
        provider = Provider.objects.get(center=cast.center, name=row["provider"])
        facts = {name: row[name] for name in DESCRIBED if name in row}
        contract = contracts.sign(cast.center, provider=provider, by=cast.manager, **facts)
        period = contracts.begin(
            contract,
            starts_on=_day(row["starts_on"]),
            ends_on=_day(row["ends_on"]) if "ends_on" in row else None,
            cost=Decimal(row["cost"]),
            by=cast.manager,
        )
        for its in row["rights"]:
            _permit(cast, period, its, [places[name] for name in its["scopes"]])


def _permit(cast: Cast, period: Period, told: dict[str, Any], places: list[Scope]) -> None:
    counted = {name: told[name] for name in ("capacity_kind", "capacity") if name in told}
    rights = Rights.of(Preset(told["preset"]), *places, **counted)
    for medium in Medium.objects.filter(center=cast.center, number__in=told["media"]):
        entitlement = entitle(period, to=medium, rights=rights, by=cast.manager)
        for login in told.get("seats", ()):
            seats.assign(entitlement, to=cast.people[login], by=cast.manager)


def _day(told: str) -> date:
    """ "+1-07-31" is 31 July of next year."""
    years, month, day = int(told[:2]), int(told[3:5]), int(told[6:])
    return date(timezone.localdate().year + years, month, day)
