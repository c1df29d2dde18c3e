"""The password that an invited person sets first."""

from typing import Any

from allauth.account.forms import ResetPasswordKeyForm

from people.accounts import confirm_address


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    def save(self) -> Any:
        """Whoever follows the link reads the account's mailbox: the first password confirms an invited address."""
        super().save()
        confirm_address(self.user)
