"""Who may borrow, and whom one calls there."""

import pytest

from people import contacts, institutions
from people.errors import MailNeedsAnAddress, OneInternalInstitution, SchoolNumberIsTaken
from people.models import Institution, JournalEntry

pytestmark = pytest.mark.django_db


def test_a_kita_is_entered_with_its_tour_day(center, manager):
    kita = institutions.add(center, by=manager, kind="kita", name="Kita Löwenzahn", channel="print", tour_day=2)

    assert kita.center == center
    assert JournalEntry.objects.about(kita).get().verb == "institution.created"


def test_a_school_number_is_used_once(center, manager, north):
    with pytest.raises(SchoolNumberIsTaken):
        institutions.add(center, by=manager, kind="school", name="Noch eine", school_number="100001", channel="print")

    assert not Institution.objects.filter(name="Noch eine").exists()


def test_a_centre_is_one_institution_itself(center, manager):
    institutions.add(center, by=manager, kind="internal", name="Wir", channel="print")

    with pytest.raises(OneInternalInstitution):
        institutions.add(center, by=manager, kind="internal", name="Wir auch", channel="print")


def test_post_by_mail_needs_an_address(north, manager):
    with pytest.raises(MailNeedsAnAddress):
        institutions.edit(north, by=manager, email="")


def test_an_edit_names_what_changed_and_not_to_what(north, manager):
    institutions.edit(north, by=manager, phone="0214 9", name=north.name)

    entry = JournalEntry.objects.about(north).get()
    assert entry.facts == {"fields": ["phone"]}


def test_an_edit_without_change_is_not_news(north, manager):
    institutions.edit(north, by=manager, name=north.name)

    assert not JournalEntry.objects.about(north).exists()


def test_the_desk_notes_something_about_a_school(north, desk):
    assert institutions.note(north, note="Lieferung nur bis 9 Uhr", by=desk).note == "Lieferung nur bis 9 Uhr"


def test_what_is_unknown_is_not_written(north, manager):
    with pytest.raises(TypeError):
        institutions.edit(north, by=manager, center=None)


def test_a_closed_school_opens_again(north, manager):
    institutions.close(north, by=manager)
    assert north not in Institution.objects.open()

    institutions.reopen(north, by=manager)
    assert north in Institution.objects.open()


def test_a_contact_comes_changes_and_leaves(north, desk):
    contact = contacts.add(north, by=desk, name="Frau Meier", phone="0214 5", channel="phone")
    contacts.edit(contact, by=desk, phone="0214 6")

    left = contacts.leave(contact, by=desk)

    assert (left.phone, left.center_id) == ("0214 6", north.center_id)
    assert left.left_on is not None
    assert {entry.verb for entry in JournalEntry.objects.about(contact)} == {
        "contact.added",
        "contact.changed",
        "contact.left",
    }


def test_a_contact_by_mail_needs_an_address(north, desk):
    with pytest.raises(MailNeedsAnAddress):
        contacts.add(north, by=desk, name="Frau Meier", channel="mail")
