"""What cannot be undone is asked twice, and the first click says what the second one does."""

import pytest
from django.urls import reverse

from leihwerk.secrecy import Secret
from licenses.keys import keeping
from licenses.models import Key, KeyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(contract, manager) -> Key:
    return keeping.keep(contract, kind=KeyKind.LICENSE, name="Volumen", secret=Secret("ABCD-1234"), by=manager)


def folded(page: str, address: str) -> str:
    """The form that goes to ``address``, from the words that unfold it on."""
    before, _, after = page.partition(f'action="{address}"')
    return before.rpartition("<details")[2] + after.partition("</details>")[0]


def test_a_key_is_deleted_with_the_second_click(client, manager, key):
    client.force_login(manager)

    asked = folded(client.get(reverse("key", args=[key.pk])).text, reverse("key_forget", args=[key.pk]))

    assert asked.index("Schlüssel löschen") < asked.index("Danach kann ihn niemand") < asked.index("Endgültig löschen")


def test_an_entitlement_is_withdrawn_with_the_second_click(client, manager, auditor, entitled):
    its = entitled()
    address = reverse("entitlement_withdraw", args=[its.pk])
    client.force_login(manager)

    asked = folded(client.get(reverse("contract", args=[its.period.contract_id])).text, address)

    assert asked.index("Löschen") < asked.index("Für Irrtümer") < asked.index("Nutzungsrecht löschen")
    client.force_login(auditor)
    assert address not in client.get(reverse("contract", args=[its.period.contract_id])).text


def test_only_about_the_latest_period_is_to_be_decided(client, manager, contract, period):
    client.force_login(manager)
    address = reverse("period_renew", args=[period.pk])
    assert address in client.get(reverse("contract", args=[contract.pk])).text

    client.post(address)

    page = client.get(reverse("contract", args=[contract.pk])).text
    following = contract.periods.latest("starts_on")
    assert following != period
    assert address not in page
    assert reverse("period_renew", args=[following.pk]) in page
