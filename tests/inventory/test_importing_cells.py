"""What packing lists and states look like in the spreadsheets of centres, and what they mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.importing.packing import packing_list
from inventory.importing.states import State, state
from inventory.models.item import Fitness, Life
from leihwerk.tables.cells import CellIsDoubtful, CellIsWrong

LISTS = {
    "30x Calliope mini; 1x Lehrerhandbuch": [("Calliope mini", 30), ("Lehrerhandbuch", 1)],
    "2 Akkus, 1 Ladegerät": [("Akkus", 2), ("Ladegerät", 1)],
    "Kamera + Tasche": [("Kamera", 1), ("Tasche", 1)],
    "Kamera, Stativ und 2 Akkus": [("Kamera", 1), ("Stativ", 1), ("Akkus", 2)],
    "1x Kamera; 1x Objektiv 16-50; 1x microSD 128 GB": [("Kamera", 1), ("Objektiv 16-50", 1), ("microSD 128 GB", 1)],
    "3D-Drucker; 2 m Kabel; 65 Zoll Display": [("3D-Drucker", 1), ("2 m Kabel", 1), ("65 Zoll Display", 1)],
    "1 x Kabel 2,5 m, 4 × Stift": [("Kabel 2,5 m", 1), ("Stift", 4)],
    "- 2x Akku\n- Ladegerät\n\n• Tasche": [("Akku", 2), ("Ladegerät", 1), ("Tasche", 1)],
    "Akku (2x); Kabel x3; Stift 4x; Hub: 5": [("Akku", 2), ("Kabel", 3), ("Stift", 4), ("Hub", 5)],
    "2 Stück Akku; 3 Stk. Kabel": [("Akku", 2), ("Kabel", 3)],
    "Inhalt: 2x Akku; 1x Akku;": [("Akku", 3)],
    "360°-Kamera; 4K-Monitor; 27\" Monitor": [("360°-Kamera", 1), ("4K-Monitor", 1), ('27" Monitor', 1)],
    "1) Kamera; 2) Stativ": [("Kamera", 1), ("Stativ", 1)],
    "Handreichung": [("Handreichung", 1)],
    "Sand & Wasser | Eimer": [("Sand & Wasser", 1), ("Eimer", 1)],
}  # fmt: skip


@pytest.mark.parametrize("written", LISTS)
def test_packing_lists(written):
    assert list(packing_list(written)) == LISTS[written]


@pytest.mark.parametrize("written", ["0x Akku; 1x Kabel", "99999x Filament; 1x Kabel", f"{'x' * 200}; 1x Kabel"])
def test_what_cannot_be_counted_is_left_out_with_a_hint(written):
    with pytest.raises(CellIsDoubtful) as doubt:
        packing_list(written)

    assert doubt.value.value == (("Kabel", 1),)


@pytest.mark.parametrize("written", ["=B2", "; ".join(f"Ding {n}." for n in range(1000))])
def test_what_is_no_packing_list_has_a_reason(written):
    with pytest.raises(CellIsWrong):
        packing_list(written)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.integers(), st.floats(), st.text("0123456789x ;,+()m", max_size=30)))
def test_any_packing_list(cell):
    try:
        packed = packing_list(cell)
    except CellIsDoubtful as doubt:
        packed = doubt.value
    except CellIsWrong:
        packed = ()
    assert all(name and 1 <= quantity <= 9_999 for name, quantity in packed)
    assert len({name for name, _quantity in packed}) == len(packed)


STATES = {
    "in Ordnung": State(), "i.O.": State(), "OK": State(), "neuwertig": State(), "Ready to Deploy": State(), 0: State(),
    "leichte Gebrauchsspuren": State(wear="leichte Gebrauchsspuren"),
    "Kratzer am Gehäuse": State(wear="Kratzer am Gehäuse"),
    "in Reparatur": State(fitness=Fitness.IN_REPAIR), "Akku defekt": State(fitness=Fitness.IN_REPAIR),
    "nicht defekt": State(), "ist wieder repariert": State(),
    "unvollständig": State(fitness=Fitness.INCOMPLETE), "Ladegerät fehlt": State(fitness=Fitness.INCOMPLETE),
    "zu prüfen": State(fitness=Fitness.NEEDS_CHECK), "ausgesondert (war defekt)": State(Life.RETIRED),
    "Archived": State(Life.RETIRED), "verloren gegangen": State(Life.LOST), "Lost/Stolen": State(Life.LOST),
}  # fmt: skip


@pytest.mark.parametrize("written", STATES)
def test_states(written):
    assert state(written) == STATES[written]


def test_an_unknown_state_is_kept_as_words_with_a_hint():
    with pytest.raises(CellIsDoubtful) as doubt:
        state("himmelblau")

    assert doubt.value.value == State(wear="himmelblau")
