"""The bell's answer. Tasks decide nothing and can be run twice."""

from functools import partial
from typing import Final

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from people import once, year_checks
from people.letters import bell, bounces, sending, writing
from people.models import Center
from people.year_checks.ending import due

TURN: Final = 5.0  # seconds of each; a worker that is told to stop finishes its turn


@shared_task
def deliver() -> None:
    """Write what is due and send what waits; ring again as long as there was something to do, or a turn to wait for."""
    written, sent = writing.write(seconds=TURN), sending.send_in_turn(seconds=TURN)
    if written or sent.letters or sent.has_more:
        bell.ring()


@shared_task
def fetch_bounces() -> None:
    """Where no mail server hands them over."""
    if settings.BOUNCES_URL:
        bounces.fetch(settings.BOUNCES_URL)


@shared_task
def ask_who_still_works_there() -> None:
    """Every centre whose day has come."""
    for center in Center.objects.filter(year_check_on__lte=timezone.localdate()):
        once.run(partial(year_checks.ask_by_plan, center))


@shared_task
def end_who_was_not_ticked() -> None:
    for membership in due(timezone.now()):
        once.run(partial(year_checks.end_what_was_said, membership))
