"""Accounts as allauth keeps them: who signs up says a name; who was invited proves the address by a first password."""

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse

from people import journal
from people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks us about accounts."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002  allauth's signature
        user.name = form.cleaned_data["name"]
        user.language = request.LANGUAGE_CODE[:2]
        saved: User = super().save_user(request, user, form, commit)
        return saved


def open_account(email: str, *, name: str, password: str | None = None) -> User:
    """An account whose address is known to be its owner's: a demo's, an operator's, one that another system vouches
    for. Everybody else signs up or is invited."""
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name)
        confirm_address(user)
    return user


def describe(user: User, *, name: str, salutation: str, phone: str, language: str) -> User:
    """``user`` says anew who they are and how they like to be written to."""
    facts = {"name": name, "salutation": salutation, "phone": phone, "language": language}
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        changed = [column for column, value in facts.items() if getattr(user, column) != value]
        for column in changed:
            setattr(user, column, facts[column])
        if changed:
            user.save(update_fields=changed)
            journal.record("account.changed", user, by=user, fields=changed)
    return user


def confirm_address(user: User) -> None:
    """The owner of ``user`` reads the mailbox of the account. Whoever has confirmed an address before is left alone."""
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        proven = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=proven)


def password_link(user: User) -> str:
    """The address at which the owner of ``user`` sets a password, for three days (PASSWORD_RESET_TIMEOUT)."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token})
    return f"{settings.BASE_URL}{path}"
