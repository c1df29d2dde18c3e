from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from people import once
from people.accounts import open_account, password_link
from people.centers import name_operator
from people.models import User


class Command(BaseCommand):
    help = "Jemanden benennen, der diese Installation betreibt: Medienzentren anlegen und ihre Leitung einladen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="E-Mail-Adresse, zugleich Anmeldename")
        parser.add_argument("name", help="wie die Person heißt")

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        user = once.run(lambda: self._name(email.strip().lower(), name))
        self.stdout.write(f"{user.email} betreibt diese Installation.")
        if not user.has_usable_password():
            self.stdout.write(f"Passwort festlegen: {password_link(user)}")

    def _name(self, email: str, name: str) -> User:
        user = User.objects.filter(email=email).first() or open_account(email, name=name)
        return name_operator(user, by=None)
