from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Breach:
    """A promise that was not kept, by its name, and the rows that show it."""

    name: str
    rows: str

    def __str__(self) -> str:
        return f"{self.name}: {self.rows}"


def moment(told: Any) -> datetime:
    """A moment as the API tells it."""
    return datetime.fromisoformat(told)
