"""A school is asked, answers with one click, and the centre sees who has not."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from licenses.deleting import links
from licenses.models import Contract, Deletion, Medium
from people.models import Intent, JournalEntry

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ENDED = TODAY - timedelta(days=20)


def asked(institution, film, contract, **facts) -> Deletion:
    center = contract.center
    facts = {"month_on": ENDED.replace(day=1), "asked_on": ENDED, "told_on": ENDED, "times_told": 1} | facts
    deletion = Deletion.objects.create(center=center, institution=institution, **facts)
    deletion.titles.create(center=center, institution=institution, medium=film, contract=contract, ends_on=ENDED)
    return deletion


@pytest.fixture
def deletion(north, film, contract) -> Deletion:
    return asked(north, film, contract)


def read(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def page(client, desk):
    client.force_login(desk)
    return client


class TestTheLink:
    @pytest.fixture
    def reader(self) -> Client:
        return Client(enforce_csrf_checks=True)

    def address(self, deletion: Deletion) -> str:
        return reverse("deletion_reply", args=[links.token_for(deletion.pk)])

    def send(self, reader, deletion, **fields):
        html = reader.get(self.address(deletion)).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', html))
        return reader.post(self.address(deletion), hidden | fields)

    def test_it_says_what_the_letter_says_and_looking_changes_nothing(self, reader, deletion):
        for _ in range(3):
            html = reader.get(self.address(deletion)).content.decode()

        assert "Der Wasserkreislauf" in html
        assert "Gelöscht oder nie gespeichert" in html
        deletion.refresh_from_db()
        assert deletion.confirmed_at is None

    def test_one_click_is_enough(self, reader, deletion):
        answer = self.send(reader, deletion)

        deletion.refresh_from_db()
        assert (answer.status_code, deletion.confirmed_how, deletion.confirmed_by) == (303, "link", None)
        assert "Erledigt" in reader.get(self.address(deletion)).content.decode()

    def test_whoever_posts_without_the_page_has_clicked_nothing(self, reader, deletion):
        assert reader.post(self.address(deletion)).status_code == 403
        assert self.send(reader, deletion, seen="").status_code == 409
        deletion.refresh_from_db()
        assert deletion.confirmed_at is None

    def test_a_title_that_came_while_the_page_stood_open(self, reader, deletion, center, provider, contract, north):
        html = reader.get(self.address(deletion)).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', html))
        another = Medium.objects.create(center=center, provider=provider, title="Die Wolke", kind="dvd")
        deletion.titles.create(center=center, institution=north, medium=another, contract=contract, ends_on=ENDED)

        answer = reader.post(self.address(deletion), hidden)

        assert answer.status_code == 409
        assert "Die Wolke" in answer.content.decode()

    @pytest.mark.parametrize("token", ["1", "1.falsch", "x" * 400, "0:0"])
    def test_what_we_never_signed(self, reader, token):
        assert reader.get(reverse("deletion_reply", args=[token])).status_code == 404

    def test_the_link_to_something_else_opens_nothing(self, reader, deletion):
        from people.year_checks.links import token_for

        assert reader.get(reverse("deletion_reply", args=[token_for(deletion.pk)])).status_code == 404

    def test_renewed_meanwhile(self, reader, deletion):
        deletion.titles.all().delete()

        assert "Sie müssen nichts löschen" in reader.get(self.address(deletion)).content.decode()


class TestTheSchool:
    def test_a_coordinator_finds_it_and_answers(self, client, carla, deletion, north):
        client.force_login(carla)
        assert "Lizenzen enden" in read(client, "home")
        html = read(client, "my_school")
        assert "Der Wasserkreislauf" in html

        seen = re.search(r'name="seen" value="(\d+)"', html)
        assert seen
        client.post(reverse("deletion_confirm", args=[deletion.pk]), {"seen": seen[1]})

        deletion.refresh_from_db()
        assert (deletion.confirmed_how, deletion.confirmed_by) == ("account", carla)
        assert "Gelöscht oder nie gespeichert" not in read(client, "my_school")
        assert "Lizenzen enden" not in read(client, "home")

    def test_a_teacher_and_another_school_do_not_see_it(self, client, anna, bert, deletion):
        for user in (anna, bert):
            client.force_login(user)
            assert "Gelöscht oder nie gespeichert" not in read(client, "my_school")
            assert client.get(reverse("deletion", args=[deletion.pk])).status_code == 404

    def test_all_titles_are_on_a_page(self, client, carla, deletion, center, provider, contract, north):
        client.force_login(carla)
        media = Medium.objects.bulk_create(
            Medium(center=center, provider=provider, title=f"Film {number:03}", kind="dvd") for number in range(120)
        )
        for film in media:
            deletion.titles.create(center=center, institution=north, medium=film, contract=contract, ends_on=ENDED)

        html = read(client, "my_school")
        assert "121 Titel" in html
        assert "Film 050" not in html
        assert "Film 050" in read(client, "deletion", deletion.pk)
        assert "Film 119" in read(client, "deletion", deletion.pk, page=2)


class TestTheCentre:
    def test_the_oldest_comes_first(self, page, south, deletion, film, contract):
        asked(south, film, contract, asked_on=ENDED - timedelta(days=30))

        html = read(page, "deletions")

        assert html.index("Gymnasium Süd") < html.index("Grundschule Nord")
        assert "seit 50 Tagen offen" in html
        assert "seit 20 Tagen offen" in html
        assert "kein weiterer Brief – bitte anrufen" in html

    def test_by_contract(self, page, south, deletion, film, provider, center):
        other = Contract.objects.create(center=center, provider=provider, number="9", title="Anderer")
        asked(south, film, other)

        html = read(page, "deletions", contract=other.pk)

        assert "Gymnasium Süd" in html
        assert "Grundschule Nord" not in html
        assert "Grundschule Nord" in read(page, "deletions", contract="unsinn")

    def test_what_was_said_on_the_phone(self, page, desk, deletion):
        html = read(page, "deletions")
        seen = re.search(r'name="seen" value="(\d+)"', html)
        assert seen

        page.post(reverse("deletion_confirm", args=[deletion.pk]), {"seen": seen[1]})

        assert "Nichts offen" in read(page, "deletions")
        assert "am Telefon: Doris Desk" in read(page, "deletions", show="confirmed")
        assert JournalEntry.objects.get(verb="deletion.confirmed").by == desk

    def test_reminding_at_once(self, page, deletion):
        answer = page.post(reverse("deletion_remind", args=[deletion.pk]), follow=True)
        assert "Die Erinnerung an Grundschule Nord ist geschrieben." in answer.content.decode()
        assert Intent.objects.get().step == 2

        answer = page.post(reverse("deletion_remind", args=[deletion.pk]), follow=True)
        assert "Heute haben wir die Einrichtung schon daran erinnert." in answer.content.decode()
        assert Intent.objects.count() == 1

    def test_an_auditor_looks_and_confirms_nothing(self, client, auditor, deletion):
        client.force_login(auditor)

        assert "Am Telefon bestätigt" not in read(client, "deletions")
        assert client.post(reverse("deletion_confirm", args=[deletion.pk])).status_code == 403
        assert client.post(reverse("deletion_remind", args=[deletion.pk])).status_code == 403

    def test_nothing_yet(self, page, center):
        assert "Nichts offen" in read(page, "deletions")
        assert "Noch nichts bestätigt" in read(page, "deletions", show="confirmed")

    def test_two_thousand_rows_are_pages_of_as_many_statements(
        self, page, center, north, film, contract, django_assert_max_num_queries
    ):
        months = [(ENDED.replace(day=1) - timedelta(days=31 * ago)).replace(day=1) for ago in range(2000)]
        rows = Deletion.objects.bulk_create(
            Deletion(center=center, institution=north, month_on=month, asked_on=ENDED, times_told=1)
            for month in sorted({month for month in months if month.year > 1900})
        )
        title = rows[0].titles.model
        title.objects.bulk_create(
            title(center=center, institution=north, deletion=row, medium=film, contract=contract, ends_on=row.month_on)
            for row in rows
        )

        with django_assert_max_num_queries(14):
            html = read(page, "deletions", page=3)

        assert html.count("Am Telefon bestätigt") == 24
