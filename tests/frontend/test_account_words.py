"""Everything about an account is said in our German: Sie, and no English that its library left."""

import re
from html import unescape
from importlib import import_module
from pathlib import Path

import allauth
import django
import django_filters
import pytest
import rest_framework
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override, pgettext

from leihwerk.embedded import messages, translations
from leihwerk.embedded.places import PROJECT

FAMILIAR = re.compile(r"\b(du|dein(e[rnms]?)?|dir|dich|euch|eu(er|re)\w*)\b", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(the|you|your|this|is|are|not|please|enter|sign|add|remove|edit|keys?|password|security|account|used|with|of)\b",
    re.IGNORECASE,
)
SAME_IN_BOTH = {"Code", "Passkey", "Token", "Name", "URL", "IPv4", "IPv6", ":", ", ", "Text", "%(truncated_text)s…"}
ALLAUTH, DJANGO = Path(allauth.__file__).parent, Path(django.__file__).parent
#: tests/api/test_words.py reads what they say.
FOR_PROGRAMS = (*Path(rest_framework.__file__).parent.glob("*.py"), Path(django_filters.__file__).parent / "fields.py")
SPEAKING = (
    *ALLAUTH.glob("*/adapter.py"),
    *ALLAUTH.glob("[ams]*/**/forms.py"),
    *ALLAUTH.glob("account/fields.py"),
    *ALLAUTH.glob("templates/account/**/*.*"),
    *ALLAUTH.glob("templates/mfa/**/*.*"),
    *ALLAUTH.glob("templates/socialaccount/**/*.html"),
    *(DJANGO / f"forms/{module}.py" for module in ("fields", "models", "forms", "utils")),
    DJANGO / "core/validators.py",
    DJANGO / "contrib/auth/password_validation.py",
)
OPEN_TO_ALL = (
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
)
FOR_OWNERS = (
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "socialaccount_connections",
)
MAILS = sorted(path for path in (PROJECT / "frontend/templates").glob("*/email/*.txt") if "base_" not in path.name)


@pytest.fixture(autouse=True)
def nobody_has_tried_before(db):
    cache.clear()


def bad_words(text: str) -> list[str]:
    return [found.group() for pattern in (FAMILIAR, ENGLISH) for found in pattern.finditer(text)]


def words_on(page: str) -> str:
    """What a page says and shows, with the names for screen readers."""
    page = re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<form[^>]*language.*?</form>", " ", page)
    spoken = re.findall(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"', page)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *spoken]))


def in_german(message: object, context: str | None) -> str:
    with override("de"):
        if isinstance(message, tuple):
            one, many = message
            return f"{ngettext(one, many, 1)} {ngettext(one, many, 2)}"
        return pgettext(context, str(message)) if context else gettext(str(message))


def said_by_libraries() -> list[tuple[object, str | None]]:
    said: list[tuple[object, str | None]] = []
    for path in SPEAKING:
        ours = PROJECT / "frontend" / path.relative_to(ALLAUTH) if path.is_relative_to(ALLAUTH) else None
        if not (ours and ours.exists()) and path.suffix in {".py", ".html", ".txt"}:
            said += messages.in_python(path) if path.suffix == ".py" else messages.in_template(path)
    return sorted(set(said), key=str)


def test_the_words_of_allauth_and_of_forms_are_ours_in_german():
    said = said_by_libraries()

    wrong = {str(message): bad_words(in_german(message, context)) for message, context in said}
    same = [message for message, context in said if in_german(message, context) == message]

    assert {message: words for message, words in wrong.items() if words} == {}
    assert set(map(str, same)) <= SAME_IN_BOTH
    assert len(said) > 200


def test_our_german_rewords_only_what_somebody_says():
    modules = [*ALLAUTH.glob("[ams]*/**/*.py"), *DJANGO.glob("db/models/**/*.py"), *FOR_PROGRAMS]
    said = {message for message, _ in said_by_libraries()}
    said |= {key[0] for path in modules for key in messages.in_python(path)}
    said |= {key[0] for path in ALLAUTH.glob("templates/**/*.[ht]*") for key in messages.in_template(path)}
    ours = translations.read(PROJECT / "leihwerk/locale/de/LC_MESSAGES/django.po")

    assert [message.id for message in ours if message.id and message.id not in said] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_pages_before_signing_in(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code in {200, 401}, "a failed single sign-on is a 401 with a page"
    assert bad_words(words_on(answer.text)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_OWNERS)
@pytest.mark.parametrize("has_second_factor", [False, True])
def test_pages_of_ones_own_account(client, anna, name, has_second_factor):
    if has_second_factor:
        with_second_factor(anna)
    sign_in_just_now(client, anna)

    answer = client.get(reverse(name), follow=True)

    assert answer.status_code in {200, 404}, "some pages are there only with, or only without, a second factor"
    assert bad_words(words_on(answer.text)) == []


@pytest.mark.django_db
def test_passkeys_by_name(client, anna):
    facts = {"name": "Diensthandy", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    key = Authenticator.objects.create(user=anna, type=Authenticator.Type.WEBAUTHN, data=facts)
    sign_in_just_now(client, anna)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert bad_words(words_on(client.get(reverse(name, args=[key.pk])).text)) == []
    page = words_on(client.get(reverse("mfa_list_webauthn")).text)
    assert "noch nie" in page
    assert bad_words(page) == []


@pytest.mark.django_db
def test_asked_for_the_second_factor(client, anna):
    with_second_factor(anna)

    answer = client.post(reverse("account_login"), {"login": anna.email, "password": "geheim-genug"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert bad_words(words_on(answer.text)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("account_login", {"login": "anna@nord.example", "password": "falsch"}, "E-Mail-Adresse oder Passwort stimmen"),
        ("account_login", {}, "Bitte füllen Sie dieses Feld aus."),
        ("account_reset_password", {"email": "anna"}, "Bitte geben Sie eine E-Mail-Adresse ein"),
        ("account_signup", {"password1": "kurz", "password2": "kurz"}, "Das Passwort ist zu kurz."),
        ("account_signup", {"password1": "sieben-Zwerge", "password2": "acht"}, "Die beiden Passwörter sind nicht"),
    ],
)
def test_mistakes_are_pointed_out_politely(client, anna, name, given, says):
    page = words_on(client.post(reverse(name), given).text)

    assert says in page
    assert bad_words(page) == []


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name)
def test_mails_about_the_account(path, anna):
    facts = {"user": anna, "email": anna.email, "ip": "192.0.2.1", "timestamp": timezone.now()}
    links = dict.fromkeys(("password_reset_url", "activate_url", "signup_url"), "https://leihwerk.test/x")

    text = render_to_string(f"{path.parent.parent.name}/email/{path.name}", facts | links)

    assert text.strip()
    assert bad_words(text) == []


@pytest.mark.parametrize("text", ["Bitte gib dein Passwort ein", "Not used.", "Ist das deine Adresse", "Security keys"])
def test_such_words_would_be_noticed(text):
    assert bad_words(text)


def with_second_factor(user) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def sign_in_just_now(client, user) -> None:
    """Fresh enough for the pages that ask for the password again."""
    client.force_login(user)
    session = client.session
    session[import_module("allauth.account.internal.flows.login").AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": timezone.now().timestamp(), "email": user.email}
    ]
    session.save()
