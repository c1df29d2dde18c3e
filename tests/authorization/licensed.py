"""A contract of a centre with everything that hangs on it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leihwerk.secrecy import Secret
from licenses import contracts, links, media_lists, own_files, packages, papers, pupil_codes, scopes, seats
from licenses.counter.figures import Content
from licenses.counter.metrics import Metric
from licenses.decisions import decide_again
from licenses.entitlements import Rights, entitle
from licenses.keys import keeping
from licenses.models import (
    Contract,
    Deletion,
    Document,
    Harvester,
    Key,
    KeyKind,
    MediaList,
    Medium,
    Package,
    Provider,
    ReportedTitle,
    Scope,
    Source,
)
from licenses.rights import Action, Preset
from licenses.taking_in import sources, writing
from licenses.taking_in.lines import Line, Told
from licenses.terms import Asker
from licenses.usage import harvesters
from people import uploads
from people.models import Center, Institution, Upload, User
from people.models.upload import UploadKind

SECRET = Secret("Wolke-17-Anker")
TABLE = b"Titel;Monat;Anzahl\nVulkane;2026-02;3\n"


def licensed(center: Center, provider: Provider, *, by: User) -> dict[str, Any]:
    """One of each kind; its own manager has the seat. ``withdrawable`` is an entitlement of which nobody had one."""
    contract = contracts.sign(center, provider=provider, number=f"V-{center.pk}", title=f"Vertrag {center.slug}", by=by)
    period = contracts.begin(contract, starts_on=date(2026, 1, 1), ends_on=date(2030, 12, 31), by=by)
    scope = scopes.add(center, name=f"Bereich {center.slug}", by=by)
    film = Medium.objects.create(
        center=center, provider=provider, number="4699001", title=f"Kurzfilm {center.slug}", kind="dvd"
    )
    house = Provider.objects.create(center=center, name=f"Eigene Produktion {center.slug}")
    own_film = Medium.objects.create(
        center=center, provider=house, title=f"Hauseigenes {center.slug}", kind="online_film", file="media/weg.mp4"
    )
    own_files.give_out(center, by=by)
    entitle(period, to=own_film, rights=Rights.of(Preset.OPEN, scope), by=by)
    rights = Rights.of(Preset.SOFTWARE, scope, capacity_kind="named", capacity=3)
    entitlement = entitle(period, to=film, rights=rights, by=by)
    source, reported, figures = told(provider, by=by)
    paper = SimpleUploadedFile("vertrag.pdf", b"%PDF-1.7")
    return {
        "contract": contract,
        "package": packages.add(center, provider=provider, name=f"Titelpaket {center.slug}", by=by),
        "amendment": contracts.amend(contract, agreed_on=date(2026, 2, 1), note=f"Zusatz {center.slug}", by=by),
        "document": papers.attach(contract, name=f"Papier {center.slug}", upload=paper, by=by),
        "period": period,
        "scope": scope,
        "entitlement": entitlement,
        "withdrawable": entitle(period, to=film, rights=Rights.of(Preset.LAND, scope), by=by),
        "own_film": own_film,
        "seat": seats.assign(entitlement, to=by, by=by),
        "source": source,
        "reported": reported,
        "figures": figures,
        "harvester": harvesters.admit(center, name=f"Abruf {center.slug}", by=by)[0],
        "key": keeping.keep(contract, kind=KeyKind.SIGN_IN, name=f"Zugang {center.slug}", secret=SECRET, by=by),
    }


def media_list(institution: Institution, *, by: User) -> MediaList:
    """A list of somebody's school, with a code that stands."""
    made = media_lists.begin(institution, title=f"Liste von {by.name}", by=by)
    pupil_codes.make(made, by=by)
    return made


def told(provider: Provider, *, by: User) -> tuple[Source, ReportedTitle, Upload]:
    """Who tells figures of use, a title that is no medium yet, and a table that nobody has taken over yet."""
    center = provider.center
    source = sources.add(provider, name=f"Quelle {center.slug}", by=by)
    line = Line(Content(f"Titel {center.slug}", "", source.name), Metric.TOTAL_ITEM_REQUESTS, date(2026, 1, 1), 7)
    writing.take_in(source, Told([line], {line.month}), by=by)
    table = {"kind": UploadKind.USAGE, "name": f"nutzung-{center.slug}.csv", "content": TABLE}
    return source, source.titles.get(), uploads.keep(center, by=by, choices={"source": source.pk}, **table)


def own_file(the: Any) -> dict[str, Any]:
    """The link that somebody of the school was given."""
    at = timezone.now()
    institution = Institution.objects.select_related("center").get(pk=the.institution.pk)
    answer = decide_again(Asker(), institution, the.own_film, Action.STREAM, at=at)
    return {"token": links.token_for(answer)}


def deletion_of(row: Mapping[str, Any], institution: Institution) -> Deletion:
    """What the institution was asked to delete yesterday."""
    contract, film, today = row["contract"], row["entitlement"].medium, timezone.localdate()
    yesterday = today - timedelta(days=1)
    told = {"asked_on": yesterday, "told_on": yesterday, "times_told": 1}
    month = {"institution": institution, "month_on": yesterday.replace(day=1)}
    deletion, _ = Deletion.objects.get_or_create(center=contract.center, **month, confirmed_at=None, defaults=told)
    title = {"institution": institution, "medium": film, "ends_on": yesterday}
    deletion.titles.get_or_create(center=contract.center, **title, defaults={"contract": contract})
    return deletion


def mark_of(row: Any) -> str:
    """What hangs on a medium is called like it, and the medium may be seen by many."""
    named = Contract | Document | Harvester | Key | Package | ReportedTitle | Scope | Source | Upload
    return str(row) if isinstance(row, named) else ""
