"""Signing up: a name and a school beside address and password."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from frontend.school_choice import SchoolChoice
from people import once
from people.memberships import ask_to_join
from people.models import User


class SignUpForm(SchoolChoice):
    """What we ask besides address and password; allauth's own sign-up forms inherit from this one."""

    name = forms.CharField(
        label=_("Vor- und Nachname"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    field_order = ["name", "email", "school", "institution", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth has made the account; now it asks to join the school."""
        once.run(lambda: ask_to_join(self.cleaned_data["institution"], by=user))
