"""What lending does by itself. Tasks decide nothing and can be run twice; each change is a transaction of its own."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from celery import shared_task
from django.utils import timezone

from leihwerk.errors import DomainError
from lending import desk_day, overdue, reminders, reservations, rules, suspending, upkeep
from lending.models import Suspension
from people import once

log = logging.getLogger(__name__)


@shared_task
def remind() -> None:
    reminders.remind_everywhere()


@shared_task
def send_desk_day() -> None:
    now = timezone.now()
    _one_by_one(partial(desk_day.tell_desk, now=now), desk_day.centers_due(now))


@shared_task
def keep_late_items_blocked() -> None:
    now = timezone.now()
    _one_by_one(partial(overdue.keep_blocking, now=now), overdue.late_products(now))


@shared_task
def plan_again() -> None:
    now = timezone.now()
    _one_by_one(partial(upkeep.replan, now=now), upkeep.products_to_replan(now=now))


@shared_task
def follow_changed_rules() -> None:
    for center in rules.centers_behind():
        rules.follow(center)


@shared_task
def let_lapse() -> None:
    now = timezone.now()
    _one_by_one(partial(reservations.release_no_shows, now=now), upkeep.not_collected(now=now))
    _one_by_one(partial(reservations.expire, now=now), upkeep.unanswered(now=now))


@shared_task
def serve_who_waits() -> None:
    now = timezone.now()
    turns = upkeep.turns(now=now)
    _one_by_one(partial(reservations.offer, now=now), turns.free)
    _one_by_one(reservations.forget_told, turns.in_vain)


@shared_task
def end_settled_suspensions() -> None:
    settled = Suspension.objects.settled(timezone.now()).select_related("institution")
    _one_by_one(partial(suspending.lift, by=None), settled)


@shared_task
def let_go_of_what_is_over() -> None:
    upkeep.let_go(now=timezone.now())


def _one_by_one(verb: Callable[[Any], Any], subjects: Iterable[Any]) -> None:
    """What is refused for one (somebody was quicker) does not keep the others waiting; the next run asks again."""
    for subject in subjects:
        try:
            once.run(partial(verb, subject))
        except DomainError as refusal:
            log.info("%s: %s", subject, refusal.code)
