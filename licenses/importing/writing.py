"""The contracts of a list are written down, in as many statements for nine thousand rows as for nine."""

from typing import Final

from django.db.models import F

from leihwerk.constraints import refusing
from licenses.entitlements import facts
from licenses.errors import ContractNumberIsTaken, NameIsTaken, PeriodsOverlap
from licenses.importing.agreeing import Agreements
from licenses.models import Contract, Entitlement, EntitlementScope, Period, Scope
from people import journal
from people.models import User

BATCH: Final = 1000


def write(agreed: Agreements, *, by: User | None) -> None:
    """Inside the transaction of the import, after its media. Raises ContractNumberIsTaken, PeriodsOverlap and
    NameIsTaken where somebody was quicker."""
    _write_scopes(agreed, by)
    with refusing("contract_number_is_used_once", ContractNumberIsTaken(number="…")):
        Contract.objects.bulk_create(agreed.contracts, batch_size=BATCH)
    journal.record_all("contract.signed", ((it, {}) for it in agreed.contracts), by=by)
    _write_periods(agreed, by)
    Entitlement.objects.bulk_create((given.entitlement for given in agreed.given), batch_size=BATCH)
    EntitlementScope.objects.bulk_create(
        (
            EntitlementScope(center=agreed.center, entitlement=given.entitlement, scope=scope)
            for given in agreed.given
            for scope in given.rights.scopes
        ),
        batch_size=BATCH,
    )
    journal.record_all("entitlement.given", ((it.entitlement, facts(it.rights)) for it in agreed.given), by=by)


def _write_scopes(agreed: Agreements, by: User | None) -> None:
    new = agreed.places.new
    with refusing("scope_name_is_used_once", NameIsTaken(name="…")):
        Scope.objects.bulk_create(new, batch_size=BATCH)
    told = ("territory", "school_forms", "institution_kinds")
    journal.record_all("scope.added", ((it, {name: getattr(it, name) for name in told}) for it in new), by=by)


def _write_periods(agreed: Agreements, by: User | None) -> None:
    """A known one costs more by what is added, whatever it costs by now."""
    with refusing("contract_runs_in_one_period_at_a_time", PeriodsOverlap()):
        Period.objects.bulk_create(agreed.periods, batch_size=BATCH)
    begun = (
        (it, {"contract": it.contract_id, "starts_on": it.starts_on, "ends_on": it.ends_on}) for it in agreed.periods
    )
    journal.record_all("period.begun", begun, by=by)
    dearer = [(period, {"cost_added": float(cost)}) for period, cost in agreed.dearer.items()]
    Period.objects.bulk_update([_raised(period, agreed) for period, _facts in dearer], ["cost"], batch_size=BATCH)
    journal.record_all("period.changed", dearer, by=by)


def _raised(period: Period, agreed: Agreements) -> Period:
    return Period(pk=period.pk, cost=F("cost") + agreed.dearer[period])
