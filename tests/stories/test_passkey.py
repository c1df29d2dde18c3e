"""A passkey instead of a password: made on the page of the account, and enough to sign in with."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import CDPSession, Page, expect

from tests.browser import chromium
from tests.stories.test_the_call import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

IN_THE_COMPUTER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_who_made_a_passkey_signs_in_with_it_and_without_its_key_does_not(live_server, anna):
    with chromium() as browser:
        page = browser.new_context(base_url=live_server.url, locale="de-DE").new_page()
        devtools, key = plug_in(page)
        sign_in(page, live_server.url, anna.email)
        page.wait_for_url(is_signed_in)

        page.goto(reverse("mfa_add_webauthn"))
        page.get_by_label("Passwort", exact=True).fill("geheim-genug")
        page.get_by_role("button", name="Weiter").click()
        page.get_by_label("Name").fill("Annas Laptop")
        page.get_by_role("checkbox").check()
        page.locator("#mfa_webauthn_add").click()
        expect(page.get_by_role("main")).to_contain_text("Der Passkey ist hinzugefügt.")
        page.goto(reverse("mfa_list_webauthn"))
        expect(page.get_by_role("main")).to_contain_text("Annas Laptop")
        assert len(credentials(devtools, key)) == 1

        sign_out(page)
        sign_in_with_passkey(page)
        page.wait_for_url(is_signed_in)
        page.goto(reverse("my_account"))
        expect(page.get_by_label("Name", exact=True)).to_have_value("Anna Amsel")

        # The negative control: the same page, the same button, a device without the key.
        sign_out(page)
        devtools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
        sign_in_with_passkey(page)
        page.wait_for_timeout(1000)
        page.goto(reverse("my_account"))
        assert "/konto/login/" in page.url

    assert Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).user == anna


def plug_in(page: Page) -> tuple[CDPSession, str]:
    """A computer with a fingerprint reader, and a finger that is always on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": IN_THE_COMPUTER})
    return devtools, made["authenticatorId"]


def credentials(devtools: CDPSession, key: str) -> list[object]:
    found: list[object] = devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    return found


def is_signed_in(url: str) -> bool:
    return "/konto/login/" not in url


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def sign_in_with_passkey(page: Page) -> None:
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Mit Passkey anmelden").click()
