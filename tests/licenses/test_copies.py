"""The desk asks before it hands out a disc (STORIES; TEXTS "not_lendable_license")."""

import pytest

from inventory.models import Item, Product
from lending.handovers import hand_over_together
from lending.refusals import HandoverRefused
from licenses.copies import not_lendable
from licenses.entitlements import Rights, entitle
from licenses.models import Medium, Scope, ScopeInstitution
from licenses.rights import Preset
from people.models import JournalEntry
from tests.conftest import product
from tests.lending.shorthand import NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def discs(center, robots) -> Product:
    return product(center, robots, "Chemie (DVD)", units=2)


@pytest.fixture
def chemistry(center, provider, discs) -> Medium:
    return Medium.objects.create(center=center, provider=provider, title="Säuren und Basen", kind="dvd", product=discs)


@pytest.fixture
def only_south(center, south) -> Scope:
    scope = Scope.objects.create(center=center, name="Gymnasium Süd")
    ScopeInstitution.objects.create(center=center, scope=scope, institution=south)
    return scope


def lend(discs, institution, by, **more):
    item = Item.objects.filter(product=discs).first()
    return hand_over_together(institution, items=[item], by=by, due_at=at(9), now=NOW, **more)


def refusal(discs, institution, by):
    with pytest.raises(HandoverRefused) as refused:
        lend(discs, institution, by)
    return next(iter(refused.value.facts["reasons"].values()))


def test_a_disc_with_only_the_right_to_show_never_leaves_its_place(
    chemistry, discs, period, only_south, north, south, desk, manager
):
    entitle(period, to=chemistry, rights=Rights.of(Preset.OE, only_south), by=manager)

    refused = refusal(discs, north, desk)

    assert refused.code == "not_lendable_license"
    assert str(refused) == (
        "Diese DVD darf nur an Gymnasium Süd gezeigt und nicht verliehen werden (Ö-Recht, Vertrag 2023-07)."
    )
    assert lend(discs, south, desk).loans.count() == 1


def test_a_right_to_lend_and_show_lends_inside_the_town(chemistry, discs, period, town, north, desk, manager):
    entitle(period, to=chemistry, rights=Rights.of(Preset.VOE, town), by=manager)

    assert lend(discs, north, desk).loans.count() == 1


def test_outside_the_town_it_says_where_the_licence_holds(chemistry, discs, period, town, north, desk, manager):
    entitle(period, to=chemistry, rights=Rights.of(Preset.VOE, town), by=manager)
    north.municipality = "05334002"
    north.save()

    assert str(refusal(discs, north, desk)) == (
        "„Säuren und Basen“ darf an diese Einrichtung nicht verliehen werden. Die Lizenz gilt nur für: Musterstadt."
    )


def test_a_right_to_show_in_the_whole_town_is_no_right_to_lend(chemistry, discs, period, town, north, desk, manager):
    """Only a school that is named has the disc at home."""
    entitle(period, to=chemistry, rights=Rights.of(Preset.OE, town), by=manager)

    assert "Exemplar verleihen: nein." in str(refusal(discs, north, desk))


def test_staff_go_beyond_it_and_the_journal_says_so(chemistry, discs, period, only_south, north, desk, manager):
    entitle(period, to=chemistry, rights=Rights.of(Preset.OE, only_south), by=manager)

    lend(discs, north, manager, override=True)

    assert JournalEntry.objects.filter(verb="loan.handed_over").get().facts["was_overridden"] is True


def test_what_nobody_wrote_down_is_not_refused(chemistry, discs, north, desk):
    assert lend(discs, north, desk).loans.count() == 1


def test_a_thing_without_a_medium_costs_one_question(django_assert_num_queries, center, north, discs):
    with django_assert_num_queries(1):
        assert not_lendable([discs.pk], north, at=NOW) == {}
