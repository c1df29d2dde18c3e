"""The cast of licences: a provider, a film, a contract that runs, a scope that is the town."""

from datetime import date
from typing import Any

import pytest

from licenses.models import Contract, Entitlement, EntitlementScope, Medium, Period, Provider, Scope
from licenses.rights import Action


@pytest.fixture
def provider(center) -> Provider:
    return Provider.objects.create(center=center, name="Lehrfilm")


@pytest.fixture
def film(center, provider) -> Medium:
    return Medium.objects.create(
        center=center,
        provider=provider,
        number="5500001",
        title="Der Wasserkreislauf",
        kind="online_film",
        link="https://filme.example/wasser",
    )


@pytest.fixture
def contract(center, provider) -> Contract:
    return Contract.objects.create(center=center, provider=provider, number="2023-07", title="Kreis-Online Lehrfilm")


@pytest.fixture
def period(contract) -> Period:
    return Period.objects.create(
        center=contract.center, contract=contract, starts_on=date(2023, 8, 1), ends_on=date(2028, 7, 31)
    )


@pytest.fixture
def town(center) -> Scope:
    """All of the centre's schools: none of them says where it lies, so they are where their centre is."""
    center.territory = ["05316000"]
    center.save()
    return Scope.objects.create(center=center, name="Musterstadt", territory=["05316000"])


@pytest.fixture
def entitle(period, film, town):
    """Write down an entitlement: ``entitle(capacity_kind="named", capacity=3)``; to the film, in the town."""

    def write(*, scopes: tuple[Scope, ...] = (town,), **facts: Any) -> Entitlement:
        usual = {"period": period, "medium": film, "permitted": [Action.SHOW, Action.STREAM]}
        entitlement = Entitlement.objects.create(center=period.center, **usual | facts)
        for scope in scopes:
            EntitlementScope.objects.create(center=period.center, entitlement=entitlement, scope=scope)
        return entitlement

    return write
