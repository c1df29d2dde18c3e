"""Browsers that are signed in."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from people.models import User


def end_all(user: User, *, now: datetime) -> int:
    """Sign ``user`` out everywhere; how many sessions. Whose a session is stands only in its signed words."""
    alive = Session.objects.filter(expire_date__gt=now).iterator()
    theirs = [session.pk for session in alive if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]
