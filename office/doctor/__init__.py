"""Is everything still true? Asks a live database whatever DESIGN 3 promises; silent when it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

import inventory.checks
import lending.checks
import licenses.checks
import people.checks
from leihwerk.checks import Check
from office.doctor import relations, walls


@dataclass(frozen=True)
class Trouble:
    """A truth that does not hold, and the rows that break it."""

    check: Check
    rows: list[str]


def checks() -> list[Check]:
    """All of them: the walls first, for what stands behind a fallen wall cannot be trusted."""
    rows = [*people.checks.CHECKS, *inventory.checks.CHECKS, *licenses.checks.CHECKS, *lending.checks.CHECKS]
    return [*walls.checks(relations.models()), *rows, *relations.checks()]


def examine(*, now: datetime | None = None) -> list[Trouble]:
    now = now or timezone.now()
    asked = [Trouble(check, check.broken(now=now)) for check in checks()]
    return [trouble for trouble in asked if trouble.rows]
