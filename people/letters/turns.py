"""The mail server's rate (MAIL_RATE letters a minute), held across all workers: they take turns, evenly spread.

The turn is one row. Whoever takes it moves it on in the same statement, so nobody else takes the same one; evenly
spread, no minute however chosen has more than MAIL_RATE turns in it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest

from people.models import MailTurn


def take(*, now: datetime) -> bool:
    """Whether a letter may go now. The caller hands one over, or wastes the turn."""
    if not settings.MAIL_RATE:
        return True
    MailTurn.objects.get_or_create(pk=1, defaults={"next_at": now})
    moved_on = Greatest(F("next_at"), Value(now)) + Value(pause())
    return bool(MailTurn.objects.filter(pk=1, next_at__lte=now).update(next_at=moved_on))


def seconds_until_next(*, now: datetime) -> float:
    """0 when a letter may go now."""
    turn = MailTurn.objects.filter(pk=1, next_at__gt=now).first() if settings.MAIL_RATE else None
    return (turn.next_at - now).total_seconds() if turn else 0.0


def pause() -> timedelta:
    """Between two turns."""
    return timedelta(minutes=1 / settings.MAIL_RATE)
