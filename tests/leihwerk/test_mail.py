"""No mail of a demo ever reaches anybody."""

import pytest
from django.core.mail import EmailMessage, get_connection

from leihwerk.mail import is_reserved
from tests.sink import Sink


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "leihwerk.mail.OnlyToNobody"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.mark.parametrize("address", ["theke@demo.example", "Anna <anna@nord.example>", "a@example.org", "A@B.Invalid"])
def test_these_addresses_belong_to_nobody(address):
    assert is_reserved(address)


@pytest.mark.parametrize("address", ["a@schule.invalid.de", "a@myexample.org", "a@b.examples", ""])
def test_these_could_belong_to_somebody(address):
    assert not is_reserved(address)


def test_only_mails_to_nobody_leave(sink):
    somebody, nobody = "sekretariat@schule.invalid.de", "anna@nord.example"
    mails = [EmailMessage("nie", to=[somebody]), EmailMessage("beide", to=[nobody], cc=[somebody])]

    assert get_connection().send_messages(mails) == 1
    assert [(mail["Subject"], mail["To"], mail["Cc"]) for mail in sink.mails] == [("beide", nobody, None)]
