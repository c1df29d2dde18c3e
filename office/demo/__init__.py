"""A believable invented media centre to try everything on: ``manage.py demo``."""

from datetime import datetime
from itertools import groupby

from django.core.mail.backends.dummy import EmailBackend
from django.utils import timezone

from lending import reminders
from office.demo.business import Business
from office.demo.cast import Cast, gather
from office.demo.days import Days
from office.demo.stock import stock
from people import once
from people.letters import sending, writing
from people.models import Center

SINCE = -40  # open days: reminders are switched on, and the first thing is lent


def set_up(*, now: datetime | None = None) -> Center:
    """Fill an empty database: people, things, and what happened with them in the last eight weeks."""
    today = now or timezone.now()
    cast, days = once.run(lambda: _build(today))
    center = Center.objects.get(pk=cast.center.pk)
    _remind(center, days)
    return center


def _build(now: datetime) -> tuple[Cast, Days]:
    cast = gather()
    business = Business(cast, stock(cast), days := Days.of(cast.center, now))
    for center in (cast.center, cast.neighbor):
        reminders.switch_on(center, by=cast.manager, now=days.desk(SINCE))
    for day, deeds in groupby(business.past(), key=lambda it: it[0]):
        for _, deed in deeds:
            deed()
        _tell(days.desk(day, 12))
    business.to_come()
    _tell(days.desk(-1, 12))
    business.waiting()
    business.upkeep()
    return cast, days


def _remind(center: Center, days: Days) -> None:
    """The reminders of the past working days, one day after the other."""
    for distance in range(-20, 0):
        reminders.remind(center, now=days.desk(distance, 7))
        _tell(days.desk(distance, 7, 5))


def _tell(now: datetime) -> None:
    """Letters of days gone by are written and count as sent: nobody gets mail from the past."""
    writing.write(now=now)
    nowhere = EmailBackend()
    while letter := sending.claim(now=now):
        sending.hand_to(nowhere, letter, now=now)
