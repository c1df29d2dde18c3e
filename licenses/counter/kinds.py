"""The reports of the Code of Practice that a media centre needs: what each may hold, show and be asked for.

A standard view (PR_P1, IR_M1) is a report whose filters are set; it takes a period and a platform, nothing else. IR
and IR_M1 hold items (films are ``Audiovisual`` and belong there, never into a title report), PR and PR_P1 the sums of a
platform.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from licenses.counter.metrics import ACCESS_METHODS, ACCESS_TYPES, ITEM_TYPES, MULTIMEDIA_TYPES, PLATFORM_TYPES, Metric

ITEM_COLUMNS: Final = ("Item", "Publisher", "Publisher_ID", "Platform", "DOI", "Proprietary_ID", "ISBN", "Print_ISSN",
                       "Online_ISSN", "URI")  # fmt: skip
PARENT_COLUMNS: Final = (
    "Parent_Title", "Parent_Authors", "Parent_Publication_Date", "Parent_Article_Version", "Parent_Data_Type",
    "Parent_DOI", "Parent_Proprietary_ID", "Parent_ISBN", "Parent_Print_ISSN", "Parent_Online_ISSN", "Parent_URI",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One report: its name, what it may hold, what may be asked for, and its first columns as a table."""

    code: str
    name: str
    description: str
    metrics: tuple[Metric, ...]
    data_types: tuple[str, ...]
    columns: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # those with a list of words
    attributes: tuple[str, ...] = ()  # what may be shown on request
    preset: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # filters of a standard view
    needs_partners: bool = False  # the schema refuses Total without Unique

    @property
    def is_by_item(self) -> bool:
        return "Item" in self.columns

    @property
    def is_standard_view(self) -> bool:
        return bool(self.preset)


_ITEM_METRICS: Final = (
    Metric.TOTAL_ITEM_INVESTIGATIONS, Metric.TOTAL_ITEM_REQUESTS,
    Metric.UNIQUE_ITEM_INVESTIGATIONS, Metric.UNIQUE_ITEM_REQUESTS,
)  # fmt: skip
_DENIALS: Final = (Metric.LIMIT_EXCEEDED, Metric.NO_LICENSE)
_TITLES: Final = (Metric.UNIQUE_TITLE_INVESTIGATIONS, Metric.UNIQUE_TITLE_REQUESTS)
_PLATFORM_METRICS: Final = (Metric.SEARCHES_PLATFORM, *_ITEM_METRICS, *_TITLES)
_PR_P1_METRICS: Final = (
    Metric.SEARCHES_PLATFORM, Metric.TOTAL_ITEM_REQUESTS, Metric.UNIQUE_ITEM_REQUESTS, Metric.UNIQUE_TITLE_REQUESTS
)  # fmt: skip
_IR_M1_METRICS: Final = (Metric.TOTAL_ITEM_REQUESTS, Metric.UNIQUE_ITEM_REQUESTS)

PR: Final = Kind(
    code="PR",
    name="Platform Report",
    description="Usage of a platform by kind of content and metric",
    metrics=_PLATFORM_METRICS,
    data_types=PLATFORM_TYPES,
    columns=("Platform",),
    filters={"Data_Type": PLATFORM_TYPES, "Access_Method": ACCESS_METHODS, "Metric_Type": _PLATFORM_METRICS},
    attributes=("Access_Method",),
    needs_partners=True,
)
PR_P1: Final = Kind(
    code="PR_P1",
    name="Platform Usage",
    description="Requests of a platform by kind of content",
    metrics=_PR_P1_METRICS,
    data_types=PLATFORM_TYPES,
    columns=("Platform",),
    preset={"Access_Method": ("Regular",), "Metric_Type": _PR_P1_METRICS},
    needs_partners=True,
)
IR: Final = Kind(
    code="IR",
    name="Item Report",
    description="Usage and denials item by item",
    metrics=(*_ITEM_METRICS, *_DENIALS),
    data_types=ITEM_TYPES,
    columns=ITEM_COLUMNS,
    filters={
        "Data_Type": ITEM_TYPES,
        "Access_Type": ACCESS_TYPES,
        "Access_Method": ACCESS_METHODS,
        "Metric_Type": (*_ITEM_METRICS, *_DENIALS),
    },
    attributes=("YOP", "Access_Type", "Access_Method"),
)
IR_M1: Final = Kind(
    code="IR_M1",
    name="Multimedia Item Requests",
    description="Requests of films, sounds, pictures and interactive media item by item",
    metrics=_IR_M1_METRICS,
    data_types=MULTIMEDIA_TYPES,
    columns=tuple(column for column in ITEM_COLUMNS if column not in ("ISBN", "Print_ISSN", "Online_ISSN")),
    preset={"Data_Type": MULTIMEDIA_TYPES, "Access_Method": ("Regular",), "Metric_Type": _IR_M1_METRICS},
    needs_partners=True,
)
KINDS: Final = {kind.code: kind for kind in (PR, PR_P1, IR, IR_M1)}
