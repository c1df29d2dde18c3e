"""Whatever may be counted, asked and told."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain

from hypothesis import strategies as st

from leihwerk.tables.grids import clean
from licenses.counter.clicks import Click, Use
from licenses.counter.figures import Content, Figure
from licenses.counter.identifiers import ContentIds
from licenses.counter.kinds import KINDS
from licenses.counter.metrics import ACCESS_TYPES, Metric
from licenses.counter.months import between
from licenses.counter.questions import Question

MONTHS = list(between(date(2025, 11, 1), date(2026, 4, 1)))
#: The hour in which Berlin goes back, the turn of a year there and in UTC, and the edges of an hour.
EDGES = [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2025, 12, 31, 22, 59, 30, tzinfo=UTC)]
EVERYDAY = [
    Metric.TOTAL_ITEM_INVESTIGATIONS, Metric.UNIQUE_ITEM_INVESTIGATIONS,
    Metric.TOTAL_ITEM_REQUESTS, Metric.UNIQUE_ITEM_REQUESTS, Metric.NO_LICENSE, Metric.LIMIT_EXCEEDED,
]  # fmt: skip
BAD_IDS = ["978-3", "12-34", "null", "a b", "http://[", "://", "x:y"]


def words(*, least: int = 0):
    """Text as it comes out of a file: what cannot be seen is gone already."""
    raw = st.text("aÄß€ =+-@'\"|;,:\t<&0", min_size=least, max_size=12)
    return raw.map(lambda text: clean(text) or "").filter(lambda text: isinstance(text, str) and len(text) >= least)


def ids():
    return st.builds(
        ContentIds,
        doi=st.sampled_from(["", "10.1629/uksg.434"]),
        proprietary=st.sampled_from(["", "leihwerk:1", "fwu:46 02345"]),
        isbn=st.sampled_from(["", "978-3-16-148410-0"]),
        print_issn=st.sampled_from(["", "0953-151X"]),
        online_issn=st.sampled_from(["", "2048-7754"]),
        uri=st.sampled_from(["", "https://example.org/film?id=1"]),
    )


def items(ids=ids()):  # noqa: B008  a strategy is a value
    return st.builds(
        Content,
        title=words(),
        publisher=words(),
        platform=st.sampled_from(["FWU", "Bildungsmediathek NRW"]),
        ids=ids,
        publisher_ids=st.sampled_from([(), ("ISNI:0000000419369078",), ("ROR:00hx57361", "fwu:1")]),
        data_type=st.sampled_from(
            ["Audiovisual", "Audiovisual", "Audiovisual", "Sound", "Report", "Book", "Platform", "Repository_Item", ""]
        ),
        yop=st.sampled_from(["", "0001", "2019", "2026"]),
        access_type=st.sampled_from([*ACCESS_TYPES, ""]),
        access_method=st.sampled_from(["Regular", "", "TDM"]),
    )


def figures(items=items()):  # noqa: B008  a strategy is a value
    """Mostly what a month of a medium brings, and some figures that stand alone."""
    numbers = st.integers(1, 9) | st.integers(0, 2**20)
    months = st.sampled_from(MONTHS)
    sources = st.sampled_from(["", "FWU"])
    alone = st.builds(Figure, items, st.sampled_from(Metric), months, numbers, sources)
    usual = st.builds(
        lambda content, month, several, source: [
            Figure(content, metric, month, number, source) for metric, number in zip(EVERYDAY, several, strict=True)
        ],
        items,
        months,
        st.tuples(*[numbers] * len(EVERYDAY)),
        sources,
    )
    return st.builds(lambda many, few: [*chain(*many), *few], st.lists(usual, max_size=4), st.lists(alone, max_size=3))


def seldom(strategy, otherwise):
    return st.sampled_from([True, False, False, False]).flatmap(
        lambda is_now: strategy if is_now else st.just(otherwise)
    )


@st.composite
def questions(draw):
    kind = KINDS[draw(st.sampled_from(["IR", "PR", "IR_M1", "PR_P1"]))]
    begin, end = draw(seldom(st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)), (MONTHS[0], MONTHS[-1])))
    filters = {
        name: tuple(word for word in listed if draw(st.booleans())) or listed[:1]
        for name, listed in kind.filters.items()
        if draw(seldom(st.just(True), otherwise=False))
    }
    is_open = bool(kind.attributes) and kind.is_by_item
    return Question(
        kind,
        min(begin, end),
        max(begin, end),
        filters=filters,
        years=draw(seldom(st.sampled_from([((2019, 2019),), ((1, 1), (2020, 2030))]), ())) if is_open else (),
        platform=draw(seldom(st.just("FWU"), "")),
        item_id=draw(seldom(st.sampled_from(["leihwerk:1", "DOI:10.1629/uksg.434"]), "")) if is_open else "",
        shows=tuple(name for name in kind.attributes if draw(st.booleans())),
        shows_parents=draw(st.booleans()) if is_open else False,
    )


def bursts():
    """Clicks that stand close together, so that all rules meet."""
    moments = st.builds(
        lambda start, seconds: start + timedelta(seconds=seconds),
        st.sampled_from(EDGES),
        st.sampled_from([0, 30, 60, 90]) | st.integers(0, 200) | st.integers(0, 7_300),
    )
    each = st.builds(
        Click,
        medium=st.sampled_from([1, 2]),
        use=st.sampled_from(Use),
        session=st.sampled_from(["anna", "bert"]),
        at=moments,
        is_by_robot=st.sampled_from([False, False, False, True]),
    )
    return st.lists(each, max_size=40)
