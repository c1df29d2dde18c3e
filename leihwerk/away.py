"""The database is away: it restarts, or the way to it is broken. Nobody's mistake, and over in a moment."""

from typing import Final

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError

RETRY_AFTER: Final = 5
"""Seconds; embedded, PostgreSQL is back within as many (measured by the fight)."""
GOING: Final = {"57P01", "57P02", "57P03"}
"""SQLSTATE: it shuts down, it has crashed, it is not ready yet (PostgreSQL, appendix A)."""


class Away(DomainError):
    code, status, is_transient = "unavailable", 503, True
    sentence = _("Leihwerk ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.")


def is_away(error: BaseException | None) -> bool:
    """Whether ``error`` says that there is no database, and not that it refused something."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state in GOING or state.startswith("08")
