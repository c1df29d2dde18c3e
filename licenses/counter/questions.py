"""What a report is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from licenses.counter.caveats import Caveat
from licenses.counter.figures import Content
from licenses.counter.kinds import Kind
from licenses.counter.months import between


@dataclass(frozen=True)
class Question:
    """A report of ``kind`` for the months from ``begin`` to ``end`` (their first days).

    ``filters`` narrow what is counted: a filter of COUNTER (``Data_Type``, ``Metric_Type`` …) and the words it lets
    through; none stands for all. ``years`` are ranges of publication, ``platform`` and ``item_id`` names as they stand
    in the figures. ``shows`` are attributes by which figures are told apart. ``shows_parents`` and ``shows_months``
    change a table's columns only: our items have no parents, and JSON always tells months.
    ``caveats`` say how this differs from what somebody asked for; if none of the months can be told, ``is_ready`` is
    False.
    """

    kind: Kind
    begin: date
    end: date
    customer_id: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[tuple[int, int], ...] = ()
    platform: str = ""
    item_id: str = ""
    shows: tuple[str, ...] = ()
    shows_parents: bool = False
    shows_months: bool = True
    caveats: tuple[Caveat, ...] = ()
    is_ready: bool = True

    @property
    def months(self) -> list[date]:
        return list(between(self.begin, self.end))

    @cached_property
    def narrowing(self) -> dict[str, tuple[str, ...]]:
        """The filters by list of words: those of a standard view, or those asked for."""
        return {**self.kind.preset, **self.filters}

    @cached_property
    def metrics(self) -> frozenset[str]:
        """Those that were asked for."""
        return frozenset(self.narrowing.get("Metric_Type", self.kind.metrics))

    def is_about(self, content: Content) -> bool:
        """Whether a content belongs into the report."""
        told = {
            "Data_Type": content.data_type,
            "Access_Type": content.access_type,
            "Access_Method": content.access_method,
        }
        return (
            content.data_type in self.kind.data_types
            and all(value in self.narrowing.get(name, (value,)) for name, value in told.items())
            and (not self.years or any(first <= int(content.yop) <= last for first, last in self.years))
            and self.platform in ("", content.platform)
            and (not self.item_id or self.item_id in _names(content))
        )


def _names(content: Content) -> set[str]:
    """What an item may be asked for by: each identifier, with its kind or without."""
    return {name for kind, value in content.ids.named() for name in (value, f"{kind}:{value}")}
