"""Sperren: proposed after ``max_notices`` notices, decided by a person, over when everything is back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inventory.models import Category, Product
from lending.models import Loan, Suspension
from lending.models.loan import LoanQuerySet
from lending.notices import gone_notices, remindable
from lending.refusals import InstitutionSuspended, NothingLate
from lending.rulebook import Rulebook
from lending.telling import thing
from people import journal, letters
from people.models import Center, Institution, User


@dataclass(frozen=True)
class Proposal:
    """An institution that has left so many ``notices`` unanswered, what about, and the categories of that."""

    institution: Institution
    notices: int
    loans: list[Loan]

    @property
    def categories(self) -> list[Category]:
        return sorted({loan.item.product.category for loan in self.loans}, key=str)


def proposals(center: Center, *, now: datetime | None = None) -> list[Proposal]:
    """Whom the rules would have suspended and nobody has decided about since the last notice; a few queries."""
    now = now or timezone.now()
    late = remindable().filter(center=center, due_at__lt=now).select_related("item__product__category")
    gone, book = gone_notices(late), Rulebook.of(center)
    asked: dict[Institution, list[Loan]] = defaultdict(list)
    for loan in late:
        limit = book.terms(loan.item.product, loan.institution.kind).max_notices
        if limit is not None and loan.pk in gone and gone[loan.pk].step >= limit:
            asked[loan.institution].append(loan)
    decided: dict[int, datetime] = {}
    for row in Suspension.objects.filter(institution__in=asked).order_by("decided_at"):
        decided[row.institution_id] = row.decided_at
    found = []
    for institution, loans in asked.items():
        since = max(gone[loan.pk].at for loan in loans)
        if institution.pk not in decided or decided[institution.pk] < since:
            found.append(Proposal(institution, max(gone[loan.pk].step for loan in loans), loans))
    return found


def refuse_suspended(suspensions: Iterable[Suspension], product: Product) -> None:
    """Raises InstitutionSuspended if one of those in force concerns ``product``."""
    for it in suspensions:
        if it.concerns(product.category_id):
            raise InstitutionSuspended(
                institution=it.institution, category=it.category, phone=it.institution.center.phone
            )


def in_force(institution: Institution, now: datetime) -> list[Suspension]:
    rows = Suspension.objects.in_force(now).filter(institution=institution)
    return list(rows.select_related("institution__center", "category"))


@transaction.atomic
def suspend(
    institution: Institution, *, category: Category | None = None, by: User, now: datetime | None = None
) -> Suspension:
    """Nothing new for ``institution`` (of ``category``) until what is late is back; the institution is told.

    Twice changes nothing. Raises NothingLate.
    """
    now = now or timezone.now()
    institution = _locked(institution)
    late = _late(institution, category, now)
    if not late:
        raise NothingLate(institution=str(institution))
    suspension, is_new = Suspension.objects.open().get_or_create(
        institution=institution,
        category=category,
        defaults={"center_id": institution.center_id, "suspends": True, "decided_at": now},
    )
    if is_new:
        journal.record("institution.suspended", suspension, by=by, category=category.pk if category else None)
        things, name = [thing(loan) for loan in late], category.name if category else ""
        letters.intend("suspended", suspension, institution, things=things, category=name)
    return suspension


@transaction.atomic
def keep_lending(institution: Institution, *, by: User, now: datetime | None = None) -> Suspension:
    """It was proposed, and somebody decided against it: not proposed again before another notice has gone out."""
    institution = _locked(institution)
    decision = Suspension.objects.create(
        center_id=institution.center_id, institution=institution, suspends=False, decided_at=now or timezone.now()
    )
    journal.record("institution.not_suspended", decision, by=by)
    return decision


@transaction.atomic
def lift(suspension: Suspension, *, by: User | None, now: datetime | None = None) -> Suspension:
    """Over: somebody lifts it, or (``by`` nobody) everything is back. Twice changes nothing."""
    _locked(suspension.institution)
    suspension = Suspension.objects.select_for_update(no_key=True).get(pk=suspension.pk)
    if suspension.suspends and suspension.ended_at is None:
        now = now or timezone.now()
        suspension.ended_at = max(now, suspension.decided_at)
        suspension.save(update_fields=["ended_at"])
        journal.record("institution.suspension_lifted", suspension, by=by)
        letters.withdraw(suspension, now=now)
    return suspension


def _locked(institution: Institution) -> Institution:
    return Institution.objects.select_for_update(no_key=True, of=("self",)).get(pk=institution.pk)


def _late(institution: Institution, category: Category | None, now: datetime) -> list[Loan]:
    late: LoanQuerySet = remindable().filter(institution=institution, due_at__lt=now)
    return list(late.filter(item__product__category=category) if category else late)
