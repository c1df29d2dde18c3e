from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from leihwerk.errors import DomainError
from people import once
from people.accounts import password_link
from people.centers import found
from people.memberships import invite
from people.models import Center
from people.roles import Role


class Command(BaseCommand):
    help = "Ein Medienzentrum anlegen, auf Wunsch mit seiner Leitung."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="Kurzname in Adressen, zum Beispiel musterstadt")
        parser.add_argument("name", help="zum Beispiel „Medienzentrum Musterstadt“")
        parser.add_argument("--city", default="", help="Ort")
        parser.add_argument("--phone", default="", help="Telefon")
        parser.add_argument("--email", default="", help="Postfach des Medienzentrums")
        parser.add_argument("--manager", metavar="E-MAIL", help="diese Person einladen, das Zentrum zu leiten")
        parser.add_argument("--manager-name", metavar="NAME", help="wie die Person heißt")

    def handle(self, **options: Any) -> None:
        try:
            validate_slug(options["slug"])
            center = once.run(lambda: self._found(options))
        except (DomainError, ValidationError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{center.name} ist angelegt.")
        for manager in center.memberships.filter(role=Role.MANAGER).select_related("user"):
            if not manager.user.has_usable_password():
                self.stdout.write(f"Passwort für {manager.user.email} festlegen: {password_link(manager.user)}")

    def _found(self, options: dict[str, Any]) -> Center:
        facts = {name: options[name] for name in ("city", "phone", "email")}
        center = found(options["slug"], name=options["name"], by=None, **facts)
        if options["manager"]:
            name = options["manager_name"] or options["manager"]
            invite(options["manager"], name=name, role=Role.MANAGER, to=center, by=None)
        return center
