"""JSON of providers: both layouts, what is wrong in it, and what is no report at all."""

import json
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leihwerk.tables import FileRefused
from licenses.counter.figures import Content, Figure
from licenses.counter.identifiers import ContentIds
from licenses.counter.metrics import Metric
from licenses.counter.reading import (
    FileIsNoCounterReport,
    ProviderSentNoReport,
    ReleaseIsUnknown,
    ReportBreaksOff,
    open_report,
)

JANUARY = date(2026, 1, 1)
OLD_HEADER = {
    "Report_Name": "Multimedia Item Requests",
    "Report_ID": "IR_M1",
    "Release": "5",
    "Institution_Name": "Stadt Leverkusen",
    "Institution_ID": [{"Type": "Proprietary", "Value": "fwu:lev"}, {"Type": "ISNI", "Value": "1|2"}],
    "Report_Filters": [{"Name": "Begin_Date", "Value": "2026-01-01"}, {"Name": "End_Date", "Value": "2026-02-28"}],
    "Exceptions": [{"Code": 3031, "Severity": "Warning", "Message": "Usage Not Ready", "Data": "Februar"}],
    "Created": "2026-02-03T00:00:00Z",
    "Created_By": "FWU",
}
HEADER = {"Report_ID": "IR", "Report_Name": "Item Report", "Release": "5.1", "Report_Filters": {}}


def old_entry(*, count=3, metric="Total_Item_Requests", month="2026-01", **facts):
    return {
        "Item": "Die Honigbiene",
        "Item_ID": [{"Type": "Proprietary", "Value": "fwu:4602345"}, {"Type": "ISBN", "Value": "978-3-16-148410-0"}],
        "Platform": "FWU Mediathek",
        "Publisher": "FWU",
        "Publisher_ID": [{"Type": "Proprietary", "Value": "fwu:1"}],
        "Data_Type": "Multimedia",
        "YOP": "2019",
        "Access_Type": "OA_Gold",
        "Access_Method": "Regular",
        "Performance": [
            {
                "Period": {"Begin_Date": f"{month}-01", "End_Date": f"{month}-28"},
                "Instance": [{"Metric_Type": metric, "Count": count}],
            }
        ],
    } | facts


def entry(performance, **facts):
    return {"Item": "Film", "Platform": "FWU", "Attribute_Performance": [{"Performance": performance}]} | facts


def opened(told, **wishes):
    return open_report(BytesIO(told if isinstance(told, bytes) else json.dumps(told).encode()), **wishes)


def read(*entries, header=OLD_HEADER):
    reading = opened({"Report_Header": header, "Report_Items": list(entries)})
    return list(reading), reading


def read_new(*entries):
    reading = opened({"Report_Header": HEADER, "Report_Items": [{"Items": list(entries)}]})
    return list(reading), reading


def test_the_older_layout_is_read():
    figures, reading = read(old_entry())

    honeybee = Content(
        title="Die Honigbiene",
        publisher="FWU",
        platform="FWU Mediathek",
        ids=ContentIds(proprietary="fwu:4602345", isbn="978-3-16-148410-0"),
        publisher_ids=("fwu:1",),
        data_type="Multimedia",
        yop="2019",
        access_type="Open",
        access_method="Regular",
    )
    assert figures == [Figure(honeybee, Metric.TOTAL_ITEM_REQUESTS, JANUARY, 3)]
    assert reading.header.institution_ids == ("fwu:lev", "ISNI:1", "ISNI:2")
    assert reading.header.caveats == ("3031: Usage Not Ready (Februar)",)
    assert reading.header.codes == [3031]
    assert (reading.header.begin, reading.header.end) == (JANUARY, date(2026, 2, 1))


def test_titles_databases_and_platforms_are_items_too():
    for told, title in [({"Title": "Buch"}, "Buch"), ({"Database": "edmond"}, "edmond"), ({}, "")]:
        plain = {name: value for name, value in old_entry().items() if name != "Item"}
        assert [figure.content.title for figure in read(plain | told)[0]] == [title]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (old_entry(count="viele"), "Eintrag 2, Total_Item_Requests: „viele“ ist keine Anzahl"),
        (old_entry(count=-1), "Eintrag 2, Total_Item_Requests: „-1“ ist keine Anzahl"),
        (old_entry(count=1.5), "Eintrag 2, Total_Item_Requests: „1.5“ ist keine Anzahl"),
        (old_entry(count=True), "Eintrag 2, Total_Item_Requests: „True“ ist keine Anzahl"),
        (old_entry(count=10**30), f"Eintrag 2, Total_Item_Requests: „{10**30}“ ist keine Anzahl"),
        (old_entry(month="2026-13"), "Eintrag 2, Period: „2026-13-01“ ist kein Monat"),
        (old_entry(Platform=""), "Eintrag 2, Platform: nennt keine Plattform"),
        (old_entry(Performance=7), "Eintrag 2, Performance: „7“ ist keine Liste von Objekten"),
        (old_entry(Item="x" * 3000), f"Eintrag 2, Item: „{'x' * 80}“ ist länger als 2000 Zeichen"),
        ("Hallo", "Eintrag 2: „Hallo“ ist kein Eintrag eines Berichts"),
        ([[[[]]]], "Eintrag 2: ist kein Eintrag eines Berichts"),
    ],
)
def test_a_bad_entry_stays_out_and_the_others_come(bad, told):
    figures, reading = read(old_entry(), bad, old_entry(count=4))

    assert [figure.number for figure in figures] == [3, 4]
    assert reading.bad == 1
    assert [str(remark) for remark in reading.remarks] == [told]


def test_a_period_of_several_months_is_no_month():
    period = {"Begin_Date": "2026-01-01", "End_Date": "2026-03-31"}
    performance = [{"Period": period, "Instance": [{"Metric_Type": "Total_Item_Requests", "Count": 1}]}]

    assert read(old_entry(Performance=performance))[0] == []


def test_metrics_nobody_knows_are_passed_over_and_named():
    figures, reading = read(old_entry(metric="Likes"), old_entry(metric="Likes"), old_entry(metric="No_License"))

    assert [figure.metric for figure in figures] == [Metric.NO_LICENSE]
    assert reading.unknown_metrics == {"Likes": 2}
    assert reading.bad == 0


def test_what_is_said_about_a_file_has_an_end():
    _, reading = read(*[old_entry(metric=f"Likes {n}") for n in range(60)], *["Hallo"] * 600)

    assert (len(reading.unknown_metrics), reading.bad, len(reading.remarks)) == (50, 600, 500)


@pytest.mark.parametrize(
    "bad",
    [
        entry({"Total_Item_Requests": 3}),
        entry({"Total_Item_Requests": {"Jan-2026": 3}}),
        entry({"Total_Item_Requests": {"2026-01": "3"}}),
        entry([]),
        {"Platform": "FWU", "Attribute_Performance": {}},
    ],
)
def test_a_bad_entry_of_the_new_layout_stays_out(bad):
    figures, reading = read_new(bad, entry({"Total_Item_Requests": {"2026-01": 3, "2026-02": 0}}))

    assert [(figure.month, figure.number) for figure in figures] == [(JANUARY, 3)]
    assert reading.bad == 1


def test_invisible_characters_do_not_come_in():
    figures, _ = read_new(entry({"No_License": {"2026-01": 1}}, Item="\x00 Film\u200b\t1 "))

    assert figures[0].content.title == "Film 1"


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (b"", FileIsNoCounterReport),
        (b"{", FileIsNoCounterReport),
        (b"[]", FileIsNoCounterReport),
        (b'"Hallo"', FileIsNoCounterReport),
        (b"{}", FileIsNoCounterReport),
        (b'{"Report_Header": 3}', FileIsNoCounterReport),
        (b'{"Report_Header": {"Report_ID": "JR1", "Release": "5"}}', FileIsNoCounterReport),
        (b'{"Report_Header": {"Report_ID": "IR"}}', ReleaseIsUnknown),
        (b'{"Report_Header": {"Report_ID": "TR", "Release": "4"}}', ReleaseIsUnknown),
        (b'{"Report_Header": {"Report_ID": "IR\xff"}}', FileIsNoCounterReport),
        (b'{"Code": 2010, "Message": "Not Authorized"}', ProviderSentNoReport),
        (b'[{"Code": 3031, "Message": "Not Ready", "Data": "2026-01"}]', ProviderSentNoReport),
        (b'{"Exception": {"Code": 1020, "Message": "Slow down"}}', ProviderSentNoReport),
    ],
)
def test_what_is_no_report_is_refused(told, refusal):
    with pytest.raises(FileRefused) as refused:
        opened(told)

    assert type(refused.value) is refusal
    assert str(refused.value)


def test_the_answer_of_a_provider_is_told():
    with pytest.raises(ProviderSentNoReport) as refused:
        opened([{"Code": 3031, "Message": "Usage Not Ready", "Data": "2026-01"}])

    assert "3031: Usage Not Ready (2026-01)" in str(refused.value)


def test_a_report_that_breaks_off_is_refused_where_it_does():
    told = json.dumps({"Report_Header": OLD_HEADER, "Report_Items": [old_entry(), old_entry(), old_entry()]})
    reading = opened(told[:-300].encode())

    with pytest.raises(ReportBreaksOff) as refused:
        list(reading)

    assert "nach Eintrag 2 nicht mehr lesbar" in str(refused.value)


DEEP = "[" * 9_000 + "]" * 9_000
DIGITS = "9" * 9_000


@pytest.mark.parametrize("name", ["Report_ID", "Release", "Institution_ID", "Report_Filters", "Exceptions", "Created"])
@pytest.mark.parametrize("value", [DEEP, f"[{DEEP}]", DIGITS, f'{{"a": {DEEP}}}'])
def test_depths_and_lengths_in_a_header_are_survived(name, value):
    header = json.dumps(OLD_HEADER | {name: "here"}).replace('"here"', value)

    with suppress(FileRefused):
        list(opened(f'{{"Report_Header": {header}, "Report_Items": []}}'.encode()))


@pytest.mark.parametrize("name", ["Item", "Item_ID", "Publisher_ID", "Platform", "Performance", "YOP"])
@pytest.mark.parametrize("value", [DEEP, f'[{{"Type": {DEEP}, "Value": {DEEP}}}]', f'{{"DOI": {DEEP}}}'])
def test_depths_in_an_entry_are_survived(name, value):
    bad = json.dumps(old_entry(**{name: "here"})).replace('"here"', value)
    told = f'{{"Report_Header": {json.dumps(OLD_HEADER)}, "Report_Items": [{bad}, {json.dumps(old_entry())}]}}'

    with suppress(FileRefused):
        assert list(opened(told.encode()))[-1].number == 3


def test_a_number_of_thousands_of_digits_is_no_json():
    bad = json.dumps(old_entry(count="here")).replace('"here"', DIGITS)
    reading = opened(f'{{"Report_Header": {json.dumps(OLD_HEADER)}, "Report_Items": [{bad}]}}'.encode())

    with pytest.raises(ReportBreaksOff):
        list(reading)


def test_a_mark_at_the_beginning_is_forgiven():
    told = json.dumps({"Report_Header": OLD_HEADER, "Report_Items": [old_entry()]})

    assert len(list(opened(b"\xef\xbb\xbf" + told.encode()))) == 1


def test_items_nobody_wrapped_are_read_all_the_same():
    bare = {"Report_Header": HEADER, "Report_Items": [entry({"No_License": {"2026-01": 4}})]}

    assert [figure.number for figure in opened(bare)] == [4]


def test_the_header_may_come_last():
    assert len(list(opened({"Report_Items": [old_entry()], "Report_Header": OLD_HEADER}))) == 1


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6) | st.just("2026-01"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["Item_ID", "Platform", "Performance", "Instance", "Period", "Metric_Type", "Count", "Items",
                         "Attribute_Performance", "Total_Item_Requests", "2026-01", "Type", "Publisher_ID"]),
        inner, max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(deadline=None)
@given(ANY, ANY, st.sampled_from(["5", "5.1"]), st.sampled_from(["IR", "PR"]))
def test_any_json_is_read_or_refused(header, entries, release, kind):
    for told in (header, {"Report_Header": header}, {"Report_Header": HEADER, "Report_Items": entries}):
        told_header = {"Report_Header": HEADER | {"Release": release, "Report_ID": kind, "Institution_ID": header}}
        for each in (told, told_header | {"Report_Items": [entries, {"Items": [entries]}]}):
            with suppress(FileRefused):
                assert all(figure.number > 0 for figure in opened(each))
