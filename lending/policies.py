"""The centre's rules, resolved for one product and one institution, and what they refuse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from django.db.models import Q

from inventory.models import Product
from lending.models import DayKind, Policy
from lending.models.policy import FALLBACK
from people.models import Institution


@dataclass(frozen=True)
class Terms:
    """What holds for one product and one institution. Days are in the unit that Policy names for them."""

    loan_days: int
    day_kind: DayKind
    counts_holidays: bool
    is_back_before_summer: bool
    pickup_time: time
    return_time: time
    lead_days: int
    horizon_days: int
    max_days: int | None
    max_renewals: int
    renewal_days: int | None
    max_items: int | None
    max_notices: int | None
    needs_approval: bool
    answer_days: int
    needs_briefing: bool
    preparation_days: int
    turnaround_days: int
    offer_days: int
    no_show_days: int
    remind_days_before: int
    remind_days_after: list[int]


def terms(product: Product, institution: Institution | None = None) -> Terms:
    """The most particular row that speaks of a field decides: product before category before centre, and within each
    the kind of institution before no kind."""
    kind = institution.kind if institution else ""
    said_of = Q(product=product) | Q(category=product.category_id) | Q(product=None, category=None)
    return resolved(Policy.objects.filter(said_of, center=product.center_id, institution_kind__in={"", kind}))


def usual_terms(institution: Institution) -> Terms:
    """What holds for an institution where no product is in question."""
    rows = Policy.objects.filter(product=None, category=None, institution_kind__in={"", institution.kind})
    return resolved(rows.filter(center=institution.center_id))


def resolved(rows: Iterable[Policy]) -> Terms:
    """From the least particular to the most."""
    said: dict[str, Any] = dict(FALLBACK)
    for row in sorted(rows, key=_particularity):
        said |= _spoken(row)
    return Terms(**said)


def _particularity(row: Policy) -> tuple[bool, bool, bool]:
    return row.product_id is not None, row.category_id is not None, row.institution_kind != ""


def _spoken(row: Policy) -> Mapping[str, Any]:
    return {
        field.name: value for field in fields(Terms) if (value := getattr(row, field.name)) is not None and value != ""
    }
