"""A licence of the invented centre that ended three weeks ago: schools are asked to delete their copies."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from licenses import contracts, deleting, scopes
from licenses.entitlements import Rights, entitle
from licenses.models import Deletion, Medium, Provider
from licenses.rights import Preset
from office.demo.cast import Cast

ENDED: Final = 21  # days ago
NAME: Final = "Filmabend Sachunterricht"


def ask_to_delete(cast: Cast, now: datetime, tell: Callable[[datetime], None]) -> None:
    """Two have answered, the others have been reminded once. ``tell`` sends the letters of a moment gone by."""
    ended_on = timezone.localdate(now) - timedelta(days=ENDED)
    media = Medium.objects.filter(center=cast.center, number__in=["5510006", "5510007"])
    provider = Provider.objects.filter(center=cast.center).earliest("pk")
    contract = contracts.sign(cast.center, provider=provider, number="KO-2024-02", title=NAME, by=cast.manager)
    period = contracts.begin(contract, starts_on=ended_on - timedelta(days=729), ends_on=ended_on, by=cast.manager)
    everywhere = scopes.add(cast.center, name="Alle Einrichtungen", by=cast.manager)
    for medium in media:
        entitle(period, to=medium, rights=Rights.of(Preset.DISTRICT_ONLINE, everywhere), by=cast.manager)
    for days in (ENDED - 1, ENDED - 15):
        _night(cast, now - timedelta(days=days))
        tell(now - timedelta(days=days))
    told = list(Deletion.objects.filter(center=cast.center).exclude(institution=_school(cast)).order_by("pk")[:2])
    for deletion, by in zip(told, (None, cast.desk), strict=False):
        deleting.confirm(deletion, by=by, now=now - timedelta(days=3))


def _night(cast: Cast, now: datetime) -> None:
    for batch in deleting.batches(cast.center):
        deleting.ask(cast.center, batch, now=now)
    for deletion in deleting.due(timezone.localdate(now)).filter(center=cast.center):
        deleting.tell(deletion, now=now)


def _school(cast: Cast) -> int | None:
    """The coordinator's, who finds the request at sign-in."""
    return cast.people["koordination"].memberships.get().institution_id
