"""What lies beside contracts in the demo's house."""

from typing import Any

from licenses.models import Amendment, Document, Package
from tests.accessibility.examples import of


def package() -> dict[str, Any]:
    return of(Package.objects.first())


def document() -> dict[str, Any]:
    return of(Document.objects.first())


def amendment() -> dict[str, Any]:
    return of(Amendment.objects.first())
