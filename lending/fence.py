"""The rules stand still while somebody plans by them, and an edit of them stands alone.

Whoever passes the gate shares the fence of the centre until the transaction ends; an edit of its calendar or policies
has it alone. So a range that was computed by older rules is either seen by the re-planning that follows the edit, or
refused here and computed again. An advisory lock: the centre's row itself is locked for long by imports.
"""

from typing import Final

from django.db import connection

from people.models import Center
from people.once import PlanMoved

RULES: Final = 0x52554C45  # the first half of the key of these advisory locks: "RULE"


def share(center: int) -> None:
    """Nobody edits the rules of ``center`` until this transaction ends. Waits no longer than ``lock_timeout``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [RULES, center])


def have_alone(center: int) -> None:
    """Nobody plans in ``center`` until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [RULES, center])


def version_of(center: int) -> int:
    """The version of the rules now. To be read before the rules themselves: older than they are does no harm."""
    return int(Center.objects.values_list("calendar_version", flat=True).get(pk=center))


def expect_version(center: int, version: int) -> None:
    """Raises PlanMoved if the rules by which something was computed have been replaced meanwhile."""
    if version_of(center) != version:
        raise PlanMoved
