"""Reports as JSON, entry by entry: the layouts of 5.1 and of 5."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import SEEK_END
from typing import Any, BinaryIO, Final

import ijson
from django.utils.translation import gettext as _

from leihwerk.tables.cells import as_text
from leihwerk.tables.grids import clean
from licenses.counter import identifiers, months
from licenses.counter.figures import Content, Figure
from licenses.counter.metrics import Metric
from licenses.counter.reading.refusals import FileIsNoCounterReport, ProviderSentNoReport, ReportBreaksOff
from licenses.counter.reading.tally import Header, RowIsWrong, Tally, content

Numbers = Iterator[tuple[Content, Metric, date, int]]

_MARK: Final = b"\xef\xbb\xbf"
_MOST: Final = 2**31 - 1
_ANSWER_BYTES: Final = 1 << 20  # an answer without a report is short
_PLAIN, _WRAPPED = "Report_Items.item", "Report_Items.item.Items.item"


def begins_like_json(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(1024).removeprefix(_MARK).lstrip()[:1] in (b"{", b"[", b'"')


def read(file: BinaryIO, tally: Tally, *, source: str) -> tuple[Header, Iterator[Figure]]:
    """The header, and the figures as they are asked for."""
    try:
        told = _first(file, "Report_Header")
        if not isinstance(told, dict):
            raise _no_report(file)
    except (ijson.JSONError, UnicodeDecodeError) as damage:
        raise FileIsNoCounterReport(what=_("beschädigtes JSON")) from damage
    header = _header(told).or_refuse()
    return header, _figures(file, header, tally, source)


def _first(file: BinaryIO, prefix: str) -> Any:
    return next(_values(file, prefix), None)


def _values(file: BinaryIO, prefix: str) -> Iterator[Any]:
    file.seek(0)
    if file.read(len(_MARK)) != _MARK:
        file.seek(0)
    yield from ijson.items(file, prefix)


def _no_report(file: BinaryIO) -> FileIsNoCounterReport | ProviderSentNoReport:
    """Why there is no header: an answer may consist of an exception, or of a list of them."""
    is_short = file.seek(0, SEEK_END) < _ANSWER_BYTES
    for prefix in ("", "item", "Exception", "Exceptions.item") if is_short else ():
        told = _first(file, prefix)
        if isinstance(told, dict) and isinstance(told.get("Message"), str):
            return ProviderSentNoReport(caveat=_caveat(told))
    return FileIsNoCounterReport(what=_("ohne Report_Header"))


def _caveat(told: Mapping[str, Any]) -> str:
    details = f" ({told['Data']})" if told.get("Data") else ""
    return f"{told.get('Code') or told.get('Number') or '?'}: {told.get('Message')}{details}"[:500]


def _header(told: dict[str, Any]) -> Header:
    filters = told.get("Report_Filters")
    if isinstance(filters, list):  # release 5
        filters = {each.get("Name"): each.get("Value") for each in filters if isinstance(each, dict)}
    filters = filters if isinstance(filters, dict) else {}
    caveats = told.get("Exceptions")
    return Header(
        report_id=str(told.get("Report_ID") or ""),
        release=str(told.get("Release") or ""),
        institution=str(told.get("Institution_Name") or ""),
        institution_ids=_ids_of_organization(told.get("Institution_ID")),
        begin=months.from_key(str(filters.get("Begin_Date"))[:7]),
        end=months.from_key(str(filters.get("End_Date"))[:7]),
        created=str(told.get("Created") or ""),
        created_by=str(told.get("Created_By") or ""),
        caveats=tuple(_caveat(each) for each in caveats if isinstance(each, dict)) if isinstance(caveats, list) else (),
    )


def _figures(file: BinaryIO, header: Header, tally: Tally, source: str) -> Iterator[Figure]:
    place = 0
    try:
        for place, entry in enumerate(_entries(file, header), start=1):
            try:
                figures = [Figure(*told, source) for told in _numbers(entry, tally) if told[-1]]
            except RowIsWrong as wrong:
                tally.leave_out(place, wrong)
            else:
                yield from figures
    except (ijson.JSONError, UnicodeDecodeError) as damage:
        where = _("Eintrag {n}").format(n=place) if place else _("dem Anfang")
        raise ReportBreaksOff(place=where, what=_("beschädigtes JSON")) from damage


def _entries(file: BinaryIO, header: Header) -> Iterator[Any]:
    """The items, one by one: in 5.1 those of IR are wrapped, all of them in one object where none has a parent."""
    is_wrapped = False
    if header.release == "5.1" and header.report_id.startswith("IR"):
        for entry in _values(file, _WRAPPED):
            is_wrapped = True
            yield entry
    if not is_wrapped:
        yield from _values(file, _PLAIN)


def _numbers(entry: Any, tally: Tally) -> Numbers:
    if not isinstance(entry, dict):
        raise RowIsWrong("", entry, _("ist kein Eintrag eines Berichts"))
    if "Attribute_Performance" in entry:
        for told in _objects(entry, "Attribute_Performance"):
            yield from _numbers_of_51(entry, told, tally)
    else:
        yield from _numbers_of_5(entry, tally)


def _numbers_of_51(entry: dict[str, Any], told: dict[str, Any], tally: Tally) -> Numbers:
    performance = told.get("Performance")
    if not isinstance(performance, dict):
        raise RowIsWrong("Performance", performance, _("ist kein Objekt"))
    this = _item(entry | told)
    for name, by_month in performance.items():
        if not isinstance(by_month, dict):
            raise RowIsWrong(name, by_month, _("ist kein Objekt"))
        if metric := tally.metric(name):
            for key, number in by_month.items():
                yield this, metric, _month(name, key), _number(f"{name} {key}", number)


def _numbers_of_5(entry: dict[str, Any], tally: Tally) -> Numbers:
    this = _item(entry)
    for told in _objects(entry, "Performance"):
        period = told.get("Period")
        month = _month("Period", period.get("Begin_Date") if isinstance(period, dict) else period)
        if isinstance(period, dict) and str(period.get("End_Date"))[:7] != months.key(month):
            raise RowIsWrong("Period", period.get("End_Date"), _("endet nicht im selben Monat"))
        for instance in _objects(told, "Instance"):
            if metric := tally.metric(str(instance.get("Metric_Type"))):
                yield this, metric, month, _number(str(metric), instance.get("Count"))


def _objects(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    several = told.get(name)
    if not isinstance(several, list) or not all(isinstance(each, dict) for each in several):
        raise RowIsWrong(name, several, _("ist keine Liste von Objekten"))
    return several


def _item(told: dict[str, Any]) -> Content:
    ids = told.get("Item_ID")
    if isinstance(ids, list):  # release 5
        ids = {str(pair.get("Type")): pair.get("Value") for pair in ids if isinstance(pair, dict)}
    texts = _texts(told)
    named = _texts(ids) if isinstance(ids, dict) else {}
    return content(texts, ids=named, publisher_ids=_ids_of_organization(told.get("Publisher_ID")))


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: as_text(clean(value)) for name, value in told.items() if isinstance(value, str | int)}


def _ids_of_organization(told: Any) -> tuple[str, ...]:
    if isinstance(told, dict):
        return tuple(as_text(clean(each)) for each in identifiers.from_object(told))
    if isinstance(told, list):
        pairs = [pair for pair in told if isinstance(pair, dict)]
        return tuple(as_text(clean(each)) for each in identifiers.from_pairs(pairs))
    return ()


def _month(column: str, words: Any) -> date:
    month = months.from_key(str(words)[:7])
    if month is None:
        raise RowIsWrong(column, words, _("ist kein Monat"))
    return month


def _number(column: str, number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _MOST:
        raise RowIsWrong(column, number, _("ist keine Anzahl"))
    return number
