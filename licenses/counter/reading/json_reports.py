"""Reports as JSON, entry by entry: the layouts of 5.1 and of 5."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import SEEK_END
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from leihwerk.tables.cells import as_text
from leihwerk.tables.grids import clean
from licenses.counter import identifiers, months
from licenses.counter.figures import Content, Figure
from licenses.counter.metrics import Metric
from licenses.counter.reading.json_text import JsonIsDamaged, JsonText
from licenses.counter.reading.refusals import FileIsNoCounterReport, ProviderSentNoReport, ReportBreaksOff
from licenses.counter.reading.tally import Header, RowIsWrong, Tally, content

Numbers = Iterator[tuple[Content, Metric, date, int]]

_MARK: Final = b"\xef\xbb\xbf"
_MOST: Final = 2**31 - 1
_ANSWER_BYTES: Final = 1 << 20  # an answer without a report is short


def begins_like_json(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(1024).removeprefix(_MARK).lstrip()[:1] in (b"{", b"[", b'"')


def read(file: BinaryIO, tally: Tally, *, source: str) -> tuple[Header, Iterator[Figure]]:
    """The header, and the figures as they are asked for."""
    try:
        told = _report_header(file)
    except JsonIsDamaged as damage:
        raise FileIsNoCounterReport(what=_("beschädigtes JSON")) from damage
    return _header(told).or_refuse(), _figures(file, tally, source)


def _report_header(file: BinaryIO) -> dict[str, Any]:
    text = JsonText(file)
    if text.peek() == "{":
        for key in text.keys():  # noqa: SIM118  no dictionary
            if key == "Report_Header":
                told = text.value()
                if isinstance(told, dict):
                    return told
                break
            text.skip()
    raise _no_report(file)


def _no_report(file: BinaryIO) -> FileIsNoCounterReport | ProviderSentNoReport:
    """Why there is no header: an answer may consist of an exception, or of a list of them."""
    told = JsonText(file).value() if file.seek(0, SEEK_END) < _ANSWER_BYTES else None
    while isinstance(told, dict) and ("Exception" in told or "Exceptions" in told):
        told = told.get("Exception") or told.get("Exceptions")
    if isinstance(told, list):
        told = told[0] if told else None
    if isinstance(told, dict) and _text(told.get("Message")):
        return ProviderSentNoReport(caveat=_caveat(told))
    return FileIsNoCounterReport(what=_("ohne Report_Header"))


def _caveat(told: Mapping[str, Any]) -> str:
    code, details = _text(told.get("Code")) or _text(told.get("Number")) or "?", _text(told.get("Data"))
    return f"{code}: {_text(told.get('Message'))}" + (f" ({details})" if details else "")


def _header(told: dict[str, Any]) -> Header:
    filters = told.get("Report_Filters")
    if isinstance(filters, list):  # release 5
        filters = {_text(each.get("Name")): each.get("Value") for each in filters if isinstance(each, dict)}
    filters = filters if isinstance(filters, dict) else {}
    caveats = told.get("Exceptions")
    return Header(
        report_id=_text(told.get("Report_ID")),
        release=_text(told.get("Release")).replace(",", "."),
        institution=_text(told.get("Institution_Name")),
        institution_ids=_ids_of_organization(told.get("Institution_ID")),
        begin=months.from_key(_text(filters.get("Begin_Date"))[:7]),
        end=months.from_key(_text(filters.get("End_Date"))[:7]),
        created=_text(told.get("Created")),
        created_by=_text(told.get("Created_By")),
        caveats=tuple(_caveat(each) for each in caveats if isinstance(each, dict)) if isinstance(caveats, list) else (),
    )


def _figures(file: BinaryIO, tally: Tally, source: str) -> Iterator[Figure]:
    place = 0
    try:
        for place, entry in enumerate(_entries(file), start=1):
            try:
                figures = [Figure(*told, source) for told in _numbers(entry, tally) if told[-1]]
            except RowIsWrong as wrong:
                tally.leave_out(place, wrong)
            else:
                yield from figures
    except JsonIsDamaged as damage:
        where = _("Eintrag {n}").format(n=place) if place else _("dem Anfang")
        raise ReportBreaksOff(place=where, what=_("beschädigtes JSON")) from damage


def _entries(file: BinaryIO) -> Iterator[Any]:
    """The items, one by one. Those of IR are wrapped in 5.1: all of them in one object where none has a parent."""
    text = JsonText(file)
    for key in text.keys():  # noqa: SIM118  no dictionary
        if key == "Report_Items" and text.peek() == "[":
            for _each in text.elements():
                yield from _unwrapped(text)
        else:
            text.skip()


def _unwrapped(text: JsonText) -> Iterator[Any]:
    if text.peek() != "{":
        yield text.value()
        return
    told, is_wrapping = {}, False
    for key in text.keys():  # noqa: SIM118  no dictionary
        if key == "Items" and text.peek() == "[":
            is_wrapping = True
            for _each in text.elements():
                yield text.value()
        else:
            told[key] = text.value()
    if not is_wrapping:
        yield told


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
        if isinstance(period, dict) and _text(period.get("End_Date"))[:7] != months.key(month):
            raise RowIsWrong("Period", period.get("End_Date"), _("endet nicht im selben Monat"))
        for instance in _objects(told, "Instance"):
            if metric := tally.metric(_text(instance.get("Metric_Type"))):
                yield this, metric, month, _number(str(metric), instance.get("Count"))


def _objects(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    several = told.get(name)
    if not isinstance(several, list) or not all(isinstance(each, dict) for each in several):
        raise RowIsWrong(name, several, _("ist keine Liste von Objekten"))
    return several


def _item(told: dict[str, Any]) -> Content:
    ids = told.get("Item_ID")
    if isinstance(ids, list):  # release 5
        ids = {_text(pair.get("Type")): pair.get("Value") for pair in ids if isinstance(pair, dict)}
    texts = _texts(told)
    named = _texts(ids) if isinstance(ids, dict) else {}
    return content(texts, ids=named, publisher_ids=_ids_of_organization(told.get("Publisher_ID")))


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(value) for name, value in told.items()}


def _text(value: Any) -> str:
    """What stands there as text, without what nobody sees; "" for what is no text and no number."""
    return as_text(clean(value)) if isinstance(value, str | int | float) else ""


def _ids_of_organization(told: Any) -> tuple[str, ...]:
    if isinstance(told, dict):
        several = {name: values if isinstance(values, list) else [values] for name, values in told.items()}
        return identifiers.from_object({name: [_text(each) for each in each_of] for name, each_of in several.items()})
    if isinstance(told, list):
        pairs = [pair for pair in told if isinstance(pair, dict)]
        return identifiers.from_pairs([(_text(pair.get("Type")), _text(pair.get("Value"))) for pair in pairs])
    return ()


def _month(column: str, words: Any) -> date:
    month = months.from_key(_text(words)[:7])
    if month is None:
        raise RowIsWrong(column, words, _("ist kein Monat"))
    return month


def _number(column: str, number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _MOST:
        raise RowIsWrong(column, number, _("ist keine Anzahl"))
    return number
