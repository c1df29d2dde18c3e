"""Who can sign in to a generated world."""

from typing import Final

PASSWORD: Final = "bench"  # noqa: S105  of a database that lives for a measurement


def email(role: str, center: int) -> str:
    """``lehrkraft`` and ``theke`` of each centre, counted from 1."""
    return f"{role}@mz{center}.example"
