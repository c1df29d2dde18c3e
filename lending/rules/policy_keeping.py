"""The centre's policies, kept by its head: the default, and overrides for single cases."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from inventory.models import Category, Product
from lending.models import Policy
from lending.refusals import DefaultStays, ForeignThing, NothingSaid, RemindersOutOfOrder, RuleOutOfRange
from lending.rules.edits import edited
from people import calendar, journal
from people.models import Center, User

#: What a rule can sensibly be. A larger number is a slip of the pen.
LIMITS: Final[Mapping[str, tuple[int, int]]] = {
    "loan_days": (1, 366),
    "lead_days": (0, 60),
    "horizon_days": (1, 1100),
    "max_days": (1, 366),
    "max_renewals": (0, 20),
    "renewal_days": (1, 366),
    "max_items": (1, 999),
    "max_notices": (1, 6),
    "answer_days": (0, 30),
    "preparation_days": (0, 30),
    "turnaround_days": (0, 30),
    "offer_days": (0, 30),
    "no_show_days": (0, 30),
    "remind_days_before": (0, 30),
}
OTHERS: Final = (
    *("day_kind", "counts_holidays", "is_back_before_summer", "pickup_time", "return_time"),
    *("needs_approval", "needs_briefing", "remind_days_after"),
)
FIELDS: Final = frozenset({*LIMITS, *OTHERS})
PLANNED_BY: Final = frozenset({"preparation_days", "turnaround_days"})
"""The fields that what is promised already follows; the others count for what is reserved and lent from now on."""
LATEST_REMINDER, MOST_REMINDERS = 120, 6


@transaction.atomic
def keep_policy(
    center: Center,
    *,
    by: User | None,
    category: Category | None = None,
    product: Product | None = None,
    institution_kind: str = "",
    **said: Any,
) -> Policy:
    """State ``said`` for this case; None or "" says nothing, and then the less particular rule holds.

    Raises ForeignThing, NothingSaid, RuleOutOfRange, RemindersOutOfOrder; TypeError for a field that does not exist.
    """
    check(said)
    if any(it is not None and it.center_id != center.pk for it in (category, product)):
        raise ForeignThing
    is_default = not (category or product or institution_kind)
    with edited(center):
        case = {"center": center, "category": category, "product": product, "institution_kind": institution_kind}
        row = Policy.objects.filter(**case).first() or Policy(**case)
        changed = sorted(name for name, value in said.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, said[name])
        if not is_default and not any(getattr(row, name) not in (None, "") for name in FIELDS):
            raise NothingSaid
        if not changed and row.pk:
            return row
        row.save()
        if PLANNED_BY & {*changed}:
            calendar.new_version(center)
    journal.record("policy.kept", row, by=by, fields=changed)
    return row


@transaction.atomic
def drop_policy(row: Policy, *, by: User | None) -> None:
    """From now on the less particular rules hold. Raises DefaultStays."""
    if row.case == (None, None, ""):
        raise DefaultStays
    with edited(row.center):
        calendar.new_version(row.center)
        journal.record("policy.dropped", row, by=by)
        row.delete()


def check(said: Mapping[str, Any]) -> None:
    """Raises what ``keep_policy`` raises for fields that cannot be."""
    if unknown := said.keys() - FIELDS:
        raise TypeError(f"a policy does not say {sorted(unknown)}")
    for name, (least, most) in LIMITS.items():
        value = said.get(name)
        if value is not None and not least <= value <= most:
            label = Policy._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column
            raise RuleOutOfRange(rule=str(label), least=least, most=most)
    steps = said.get("remind_days_after")
    if steps is not None and not _are_steps(steps):
        raise RemindersOutOfOrder(most=LATEST_REMINDER, steps=MOST_REMINDERS)


def _are_steps(steps: Any) -> bool:
    numbers = isinstance(steps, list) and all(isinstance(it, int) and 1 <= it <= LATEST_REMINDER for it in steps)
    return numbers and len(steps) <= MOST_REMINDERS and steps == sorted(set(steps))
