"""A believable invented media centre to try everything on: ``manage.py demo``."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import groupby

from django.core.mail.backends.dummy import EmailBackend
from django.utils import timezone

from lending import reminders
from office.demo.bundles import offer_together
from office.demo.business import Business, Deed
from office.demo.cast import gather
from office.demo.contracts import license_media
from office.demo.days import Days
from office.demo.deletions import ask_to_delete
from office.demo.stock import stock
from office.demo.titles import collect
from office.demo.usage import tell_usage
from office.demo.uses import use_media
from people import once
from people.letters import claiming, sending, writing
from people.models import Center

SINCE = -40  # open days: reminders are switched on, and the first thing is lent


def set_up(*, now: datetime | None = None) -> Center:
    """Fill an empty database: people, things, and what happened with them in the last eight weeks.

    Each day is a transaction of its own, with its letters: a worker beside it finds none of a day gone by to send.
    """
    now = now or timezone.now()
    cast = once.run(gather)
    products = once.run(lambda: stock(cast))
    once.run(lambda: collect(cast))
    once.run(lambda: license_media(cast))
    once.run(lambda: offer_together(cast, products))
    once.run(lambda: tell_usage(cast))
    once.run(lambda: use_media(cast))
    business = Business(cast, products, days := Days.of(cast.center, now))
    for center in (cast.center, cast.neighbor):
        once.run(partial(reminders.switch_on, center, by=cast.manager, now=days.desk(SINCE)))
    for day, deeds in groupby(business.past(), key=lambda it: it[0]):
        once.run(partial(_live, [deed for _, deed in deeds], until=days.desk(day, 12)))
    once.run(partial(_live, business.to_come(), until=days.desk(-1, 12)))
    for asking in (*business.waiting(), business.upkeep):
        once.run(asking)
    center = Center.objects.get(pk=cast.center.pk)
    _remind(center, days)
    once.run(lambda: ask_to_delete(cast, now, _tell))
    return center


def _live(deeds: Iterable[Deed], *, until: datetime) -> None:
    """A day at the desk, of which everybody has been told in the end."""
    for deed in deeds:
        deed()
    _tell(until)


def _remind(center: Center, days: Days) -> None:
    """The reminders of the past working days, one day after the other."""
    for distance in range(-20, 0):
        reminders.remind(center, now=days.desk(distance, 7))
        _tell(days.desk(distance, 7, 5))


def _tell(now: datetime) -> None:
    """Letters of days gone by are written and count as sent: nobody gets mail from the past."""
    writing.write(now=now)
    nowhere = EmailBackend()
    while letter := claiming.claim(now=now):
        if sending.hand_to(nowhere, letter, now=now):
            claiming.note_sent(letter, now=now)
