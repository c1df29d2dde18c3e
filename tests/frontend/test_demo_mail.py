import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)


def send(*subjects: str) -> None:
    """Several mails over one connection: they end up in one file."""
    mails = [EmailMultiAlternatives(subject, f"Text zu {subject}", to=["anna@nord.example"]) for subject in subjects]
    for mail in mails:
        mail.attach_alternative("<p>HTML</p>", "text/html")
    get_connection().send_messages(mails)


def test_every_mail_of_a_file_is_shown_the_newest_first(client, mailbox):
    send("Erste Überraschung", "Zweite")

    page = client.get(reverse("demo_mail")).text

    assert page.index("Text zu Zweite") < page.index("Text zu Erste Überraschung")
    assert "anna@nord.example" in page


def test_an_empty_mailbox_says_how_to_fill_it(client, mailbox):
    assert "Noch keine Mail" in client.get(reverse("demo_mail")).text


def test_nobody_reads_mails_outside_a_demo(client, mailbox, settings):
    settings.DEMO = False

    assert client.get(reverse("demo_mail")).status_code == 404


def test_a_demo_with_a_mail_server_keeps_nothing_to_read(client, mailbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert client.get(reverse("demo_mail")).status_code == 404
