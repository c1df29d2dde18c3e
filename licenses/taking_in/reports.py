"""Reports of COUNTER, JSON or table, as lines."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _

from licenses.counter import months
from licenses.counter.figures import NO_IDS, Content
from licenses.counter.reading import FileIsNoCounterReport, Header, Reading, open_report
from licenses.taking_in.lines import Line, Told

NOT_READY_YET: Final = 3031
PLATFORMS: Final = "PR"  # and its standard views
NAMELESS: Final = "–"
LONGEST: Final = 60  # months of one report


def is_report(content: bytes) -> bool:
    """False for a table of any other kind. Raises ReleaseIsUnknown, ProviderSentNoReport."""
    try:
        open_report(BytesIO(content))
    except FileIsNoCounterReport:
        return False
    return True


def read(content: bytes) -> Told:
    """Raises FileRefused: no report, of an unknown release, or one that breaks off."""
    reading = open_report(BytesIO(content))
    is_of_platform = reading.header.report_id.startswith(PLATFORMS)
    called = _platform if is_of_platform else _item
    lines = [Line(called(figure.content), figure.metric, figure.month, figure.number) for figure in reading]
    spoken_of = {line.month for line in lines} | set(_promised(reading.header))
    return Told(lines, spoken_of, reading.remarks, list(_notes(reading)), is_of_platform=is_of_platform)


def _platform(told: Content) -> Content:
    """What has no title is a platform (licenses/counter/figures.py) …"""
    return replace(told, title="", publisher="", publisher_ids=(), ids=NO_IDS)


def _item(told: Content) -> Content:
    """… so an item always has one, be it a number."""
    return told if told.title else replace(told, title=next((value for _, value in told.ids.named()), NAMELESS))


def _promised(header: Header) -> Iterable[date]:
    """The months of the header, for which silence means that there was nothing; not if more is to come."""
    if header.begin is None or header.end is None or NOT_READY_YET in header.codes:
        return ()
    is_plausible = 0 <= (header.end - header.begin).days <= LONGEST * 31
    return months.between(header.begin, header.end) if is_plausible else ()


def _notes(reading: Reading) -> Iterable[str]:
    header = reading.header
    yield _("COUNTER-Bericht {report}, Version {release}.").format(report=header.report_id, release=header.release)
    for caveat in header.caveats:
        yield _("Der Anbieter schreibt dazu: {caveat}").format(caveat=caveat[:200])
    if reading.unknown_metrics:
        yield _("Unbekannte Messgrößen, nicht gelesen: {names}.").format(names=", ".join(reading.unknown_metrics))
