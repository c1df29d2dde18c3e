"""Who can sign in to a generated world."""

from typing import Final

PASSWORD: Final = "bench"  # noqa: S105  of a database that lives for a measurement
HARVESTER_KEY: Final = "bench-harvester"


def email(role: str, center: int) -> str:
    """``lehrkraft`` and ``theke`` of each centre, counted from 1."""
    return f"{role}@mz{center}.example"


def requestor(center: int) -> str:
    """The name of the program that fetches a centre's reports of use; its key is HARVESTER_KEY."""
    return f"lw-bench-{center}"
