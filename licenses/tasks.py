"""What licences do by themselves. Tasks decide nothing and can be run twice; each change is its own transaction."""

import logging
from functools import partial

from celery import shared_task
from django.utils import timezone

from leihwerk.errors import DomainError
from licenses import expiring, renewals, seats
from people import once
from people.models import Center

log = logging.getLogger(__name__)


@shared_task
def reclaim_seats() -> None:
    log.info("reclaimed seats=%d", seats.reclaim())


@shared_task
def renew_what_renews_itself() -> None:
    for period in renewals.renewing_themselves(timezone.localdate()):
        try:
            once.run(partial(renewals.renew, period, by=None))
        except DomainError as refusal:
            log.info("period %d: %s", period.pk, refusal.code)


@shared_task
def tell_of_deadlines() -> None:
    for center in Center.objects.all():
        once.run(partial(expiring.tell_managers, center))
