"""What the centres may use: media of providers, contracts, and entitlements to single titles and to packages."""

from datetime import datetime, timedelta
from typing import Final

from bench.generator.sheets import Sheet
from bench.generator.sizes import Size
from licenses.models import (
    Contract,
    Entitlement,
    EntitlementScope,
    Medium,
    Package,
    PackageTitle,
    Period,
    Provider,
    Scope,
)

PROVIDERS: Final = 20
ACTIONS: Final = "{show,stream,download}"
SCOPES: Final = (("Alle", "{}"), ("Grundschulen", "{02}"), ("Sek I und II", "{10,14,15,20}"), ("Gymnasien", "{20}"))


class Titles:
    def __init__(self, now: datetime) -> None:
        self.today = now.date()
        self.providers = Sheet(Provider, "center", "name", now=now)
        self.media = Sheet(
            Medium, "center", "number", "title", "provider", "kind", "year", "subjects", "levels", "link", now=now
        )
        self.contracts = Sheet(Contract, "center", "provider", "number", "title", now=now)
        self.periods = Sheet(Period, "center", "contract", "starts_on", "ends_on", now=now)
        self.packages = Sheet(Package, "center", "provider", "name", now=now)
        self.titles = Sheet(PackageTitle, "center", "package", "medium", "starts_on", now=now)
        self.scopes = Sheet(Scope, "center", "name", "school_forms", now=now)
        self.entitlements = Sheet(Entitlement, "center", "period", "medium", "package", "permitted", now=now)
        self.places = Sheet(EntitlementScope, "center", "entitlement", "scope", now=now)
        self.sheets = [
            self.providers, self.media, self.contracts, self.periods, self.packages, self.titles, self.scopes,
            self.entitlements, self.places,
        ]  # fmt: skip

    def license_media(self, center: int, size: Size) -> None:
        """Each provider has a package with all of its media; the first media are licensed by themselves, too."""
        scopes = [self.scopes.add(center, name, forms) for name, forms in SCOPES]
        sellers = [self.providers.add(center, f"Verlag {number + 1}") for number in range(PROVIDERS)]
        media = [self._medium(center, number, sellers[number % PROVIDERS]) for number in range(size.media)]
        for number, provider in enumerate(sellers):
            package = self.packages.add(center, provider, f"Portfolio {number + 1}")
            for medium in media[number::PROVIDERS]:
                self.titles.add(center, package, medium, self.today - timedelta(days=400))
            self._entitle(center, number, provider, None, package, scopes)
        for number in range(PROVIDERS, size.entitlements):
            medium = media[number % len(media)]
            self._entitle(center, number, sellers[number % PROVIDERS], medium, None, scopes)

    def _medium(self, center: int, number: int, provider: int) -> int:
        told = ("online_film", 2010 + number % 16, "{Biologie,Erdkunde}", '{"Sek I"}')
        return self.media.add(
            center, f"55{number:06d}", f"Film {number + 1}", provider, *told, f"https://filme.example/{number}"
        )

    def _entitle(
        self, center: int, number: int, provider: int, medium: int | None, package: int | None, scopes: list[int]
    ) -> None:
        contract = self.contracts.add(center, provider, f"V-{number + 1}", f"Vertrag {number + 1}")
        starts_on = self.today - timedelta(days=300)
        period = self.periods.add(center, contract, starts_on, starts_on + timedelta(days=1_000))
        entitlement = self.entitlements.add(center, period, medium, package, ACTIONS)
        self.places.add(center, entitlement, scopes[0 if package else number % len(scopes)])
