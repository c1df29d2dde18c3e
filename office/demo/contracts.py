"""What the invented centre has licensed: contracts, what they permit where, and who has a seat."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leihwerk.secrecy import Secret
from licenses import contracts, media_lists, packages, papers, pupil_codes, scopes, seats
from licenses.entitlements import Rights, entitle
from licenses.keys import keeping
from licenses.models import Contract, KeyKind, Medium, Period, Provider, Scope
from licenses.rights import Preset
from office.demo.cast import Cast
from people.models import Institution

CONTRACTS: Final = Path(__file__).with_name("contracts.toml")
LISTED: Final = ("5510001", "5510008", "5510016")
DESCRIBED: Final = ("number", "title", "renews_itself", "renewal_months", "notice_months", "cost_center")

PAPER: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""One empty sheet."""


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
        for name in row.get("papers", ()):
            papers.attach(contract, name=name, upload=SimpleUploadedFile("papier.pdf", PAPER), by=cast.manager)
        for key in row.get("keys", ()):
            _keep_key(cast, contract, key)
        if "amended" in row:
            said = {"agreed_on": _day(row["amended"]["on"]), "note": row["amended"]["note"]}
            contracts.amend(contract, **said, starts_on=_day(row["amended"]["from"]), by=cast.manager)
        for its in row["rights"]:
            _permit(cast, period, its, [places[name] for name in its["scopes"]])
    for row in told["package"]:
        _bundle(cast, row, [places[name] for name in row["scopes"]])
    _list_for_pupils(cast)


def _list_for_pupils(cast: Cast) -> None:
    """A list of a teacher, with a code that nobody knows any more: whoever tries it makes a new one."""
    teacher = cast.people["lehrkraft"]
    school = Institution.objects.get(memberships__user=teacher)
    made = media_lists.begin(school, title="Wasser und Wetter, Klasse 5", by=teacher)
    for medium in Medium.objects.filter(center=cast.center, number__in=LISTED):
        media_lists.put_on(made, medium, by=teacher)
    pupil_codes.make(made, by=teacher)


def _bundle(cast: Cast, told: dict[str, Any], at: list[Scope]) -> None:
    """A package with its titles, and what the contract's only period permits with it."""
    provider = Provider.objects.get(center=cast.center, name=told["provider"])
    package = packages.add(cast.center, provider=provider, name=told["name"], by=cast.manager)
    titles = list(Medium.objects.filter(center=cast.center, number__in=told["media"]))
    packages.put_in_all(package, titles, starts_on=_day(told["starts_on"]), by=cast.manager)
    period = Period.objects.get(contract__center=cast.center, contract__number=told["contract"])
    entitle(period, to=package, rights=Rights.of(Preset(told["preset"]), *at), by=cast.manager)


def _keep_key(cast: Cast, contract: Contract, told: dict[str, Any]) -> None:
    facts = {**told, "kind": KeyKind(told["kind"]), "secret": Secret(told["secret"])}
    keeping.keep(contract, **facts, by=cast.manager)


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
