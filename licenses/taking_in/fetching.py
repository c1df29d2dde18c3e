"""Reports that are fetched over a provider's COUNTER API instead of uploaded; from there on they are the same."""

import logging
import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone

from leihwerk import outside
from leihwerk.errors import DomainError
from leihwerk.tables import Report
from licenses.counter import months
from licenses.counter.reading import FileIsNoCounterReport, ProviderSentNoReport
from licenses.errors import OfAnotherCenter
from licenses.keys import sealing
from licenses.models import Source
from licenses.taking_in import reports, writing
from people import journal, once
from people.models import User

log = logging.getLogger(__name__)

MONTHS: Final = 3
WAITS: Final = (5.0, 30.0)  # seconds before another try
#: Not available, busy, queued, too many requests: it may be there in a moment.
LATER: Final = frozenset({"1000", "1010", "1011", "1020"})
NOTHING_USED: Final = "3030"
ASKED: Final = frozenset({"address", "release", "customer_id", "requestor_id", "key"})


@transaction.atomic
def set_up(source: Source, *, by: User, **facts: Any) -> Source:
    """Say where and how the reports of ``source`` are fetched; without an address they are not. Raises
    OfAnotherCenter."""
    if unknown := facts.keys() - ASKED:
        raise TypeError(f"not a fact of fetching: {', '.join(sorted(unknown))}")
    source = Source.objects.lock().get(pk=source.pk)
    key = facts.get("key")
    if key is not None and key.center_id != source.center_id:
        raise OfAnotherCenter
    changed = sorted(name for name, value in facts.items() if getattr(source, name) != value)
    for name in changed:
        setattr(source, name, facts[name])
    if changed:
        source.trouble = ""
        source.save(update_fields=[*changed, "trouble"])
        journal.record("usage_source.fetching_set_up", source, by=by, fields=changed)
    return source


def fetch(source: Source, *, now: datetime | None = None, waits: Sequence[float] = WAITS) -> Report | None:
    """Ask for the last months and take them in; None where the provider has nothing to tell. What went wrong stands
    beside the source afterwards, and is raised."""
    now = now or timezone.now()
    last = months.previous(timezone.localdate(now, source.center.zone))
    try:
        content = _patiently(source, last, waits)
        report = None if content is None else _take_in(source, content)
    except DomainError as refusal:
        log.info("source %d: %s", source.pk, refusal.code)
        Source.objects.filter(pk=source.pk).update(trouble=str(refusal)[:300])
        raise
    Source.objects.filter(pk=source.pk).update(trouble="", fetched_at=now)
    return report


def _take_in(source: Source, content: bytes) -> Report:
    told = reports.read(content)
    return once.run(lambda: writing.take_in(source, told, by=None))


def _patiently(source: Source, last: date, waits: Sequence[float]) -> bytes | None:
    for wait in (*waits, None):
        answer = outside.get(_address(source, last))
        try:
            reports.read(answer.body)
        except ProviderSentNoReport as sent:
            code = str(sent.facts["caveat"]).partition(":")[0]
            if code == NOTHING_USED:
                return None
            if wait is None or code not in LATER:
                raise _without_key(sent, source) from None
        except FileIsNoCounterReport:
            if answer.status < 400:
                raise
            if wait is None or answer.status not in {429, 500, 502, 503, 504}:
                raise outside.NoAnswer(host=source.address, what=str(answer.status)) from None
        else:
            return answer.body
        time.sleep(wait)
    return None


def _without_key(sent: ProviderSentNoReport, source: Source) -> ProviderSentNoReport:
    """Some say which key it is that they do not know; what they say is kept, and anybody may read it."""
    caveat = str(sent.facts["caveat"])
    if source.key is not None:
        caveat = caveat.replace(sealing.said_by(source.key).words, "…")
    return ProviderSentNoReport(caveat=caveat)


def _address(source: Source, last: date) -> str:
    """With the key in it, so it is never told to anybody."""
    first = last
    for _month in range(MONTHS - 1):
        first = months.previous(first)
    asked = {
        "customer_id": source.customer_id,
        "requestor_id": source.requestor_id,
        "begin_date": months.key(first),
        "end_date": months.key(last),
    }
    if source.key is not None:
        asked["api_key"] = sealing.said_by(source.key).words
    root = source.address.rstrip("/")
    path = "r51/reports/ir" if source.release == Source.Release.R51 else "reports/ir"
    return f"{root}/{path}?{urlencode({name: value for name, value in asked.items() if value})}"
