"""Two nights at once, two who answer, and a night beside somebody who answers. Real threads, real locks."""

from datetime import UTC, datetime

import pytest

from licenses import contracts, deleting
from licenses.deleting import confirming, planning
from licenses.models import Deletion, DeletionTitle, Renewal
from licenses.models.deletion import DeletionQuerySet
from licenses.rights import Action
from people import once
from people.models import Center, Intent, JournalEntry
from tests.races import meeting, outcomes, patiently, together

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2028, 7, 1, 3, 40, tzinfo=UTC)


@pytest.fixture
def given_up(entitled, period, north, south, manager):
    entitled(permitted=[Action.SHOW, Action.DOWNLOAD])
    return contracts.decide(period, renewal=Renewal.END, by=manager)


def asking(center: Center):
    (batch,) = deleting.batches(center)
    return lambda: patiently(lambda: deleting.ask(center, batch, now=NOW))


def test_of_six_nights_at_once_one_asks(center, given_up):
    seen = together(*[asking(center)] * 6)

    assert sum(change.added for change in seen) == DeletionTitle.objects.count() == 2
    assert Deletion.objects.count() == 2


def test_without_the_lock_only_the_walls_are_left(center, given_up, monkeypatch):
    """The negative control: everybody has looked before anybody writes."""
    monkeypatch.setattr("licenses.deleting.asking._locked", lambda pk: Center.objects.get(pk=pk))
    monkeypatch.setattr("licenses.deleting.asking.wanted", meeting(4, planning.wanted))
    (batch,) = deleting.batches(center)

    seen = together(*[lambda: once.run(lambda: deleting.ask(center, batch, now=NOW))] * 4)

    assert outcomes(seen) == {"Change": 1, "IntegrityError": 3}
    assert DeletionTitle.objects.count() == 2


def test_of_eight_who_tell_one_does(center, given_up):
    asking(center)()
    deletion = Deletion.objects.earliest("pk")

    seen = together(*[lambda: patiently(lambda: deleting.tell(deletion, now=NOW))] * 8)

    assert sorted(seen) == [False] * 7 + [True]
    assert Intent.objects.count() == 1


def test_of_eight_who_confirm_one_is_noted(center, given_up, desk):
    asking(center)()
    deletion = Deletion.objects.earliest("pk")

    together(*[lambda: patiently(lambda: deleting.confirm(deletion, by=desk))] * 8)

    assert JournalEntry.objects.filter(verb="deletion.confirmed").count() == 1


def test_without_the_lock_each_of_them_is_noted(center, given_up, desk, monkeypatch):
    """The negative control."""
    asking(center)()
    deletion = Deletion.objects.earliest("pk")
    monkeypatch.setattr(DeletionQuerySet, "lock", lambda rows: rows)
    monkeypatch.setattr("licenses.deleting.confirming.way_of", meeting(4, confirming.way_of))

    together(*[lambda: once.run(lambda: deleting.confirm(deletion, by=desk))] * 4)

    assert JournalEntry.objects.filter(verb="deletion.confirmed").count() == 4


def test_no_title_slips_into_what_was_confirmed(center, provider, given_up, entitled, film, desk):
    """Whoever comes first: a title that was not there when somebody said so is asked for by itself."""
    asking(center)()
    deletion = Deletion.objects.get(institution__name="Grundschule Nord")
    another = film.__class__.objects.create(center=center, provider=provider, title="Neu", kind="dvd")
    entitled(medium=another, permitted=[Action.DOWNLOAD])
    seen = deletion.titles.get().pk

    confirmed, _ = together(lambda: patiently(lambda: deleting.confirm(deletion, by=desk, seen=seen)), asking(center))

    theirs = DeletionTitle.objects.get(medium=another, institution=deletion.institution_id)
    assert theirs.deletion.confirmed_at is None
    assert isinstance(confirmed, Exception) == (theirs.deletion_id == deletion.pk)
