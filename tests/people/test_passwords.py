"""Passwords are kept by argon2."""

import pytest

from leihwerk import settings as real
from people.models import User


@pytest.fixture
def quick_passwords(settings) -> None:
    """Not here: the hashers of the real settings."""
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS


@pytest.mark.django_db
def test_a_password_is_hashed_by_argon2_and_recognized():
    user = User.objects.create_user("anna@nord.example", "geheim-genug", name="Anna Amsel")

    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password("geheim-genug")
    assert not user.check_password("geheim-genau")
