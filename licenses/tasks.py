"""What licences do by themselves. Tasks decide nothing and can be run twice; each change is its own transaction."""

import logging
from functools import partial

from celery import shared_task
from django.utils import timezone

from leihwerk.errors import DomainError
from licenses import deleting, expiring, renewals, seats
from licenses.models import Period, Source
from licenses.taking_in import fetching
from licenses.usage import counting, months
from people import once
from people.models import Center

log = logging.getLogger(__name__)


@shared_task
def reclaim_seats() -> None:
    log.info("reclaimed seats=%d", seats.reclaim())


@shared_task
def renew_what_renews_itself() -> None:
    """An old contract that was only written down today is brought to today in one night."""
    today = timezone.localdate()
    for period in renewals.renewing_themselves(today):
        due: Period | None = period
        while due is not None:
            try:
                coming = once.run(partial(renewals.renew, due, by=None))
            except DomainError as refusal:
                log.info("period %d: %s", due.pk, refusal.code)
                break
            due = renewals.renewing_themselves(today).filter(pk=coming.pk).first()


@shared_task
def count_uses() -> None:
    """Days that are over become figures of their month; then raw data that is old enough goes."""
    now = timezone.now()
    months.open_ahead(now)
    log.info("counted days=%d", counting.count_days(now))
    log.info("forgot events=%d", months.forget(now))


@shared_task
def fetch_usage(source: int | None = None) -> None:
    """Of one source, or of all that say where."""
    told = Source.objects.exclude(address="").select_related("center", "key")
    for it in told.filter(pk=source) if source is not None else told:
        try:
            fetching.fetch(it)
        except DomainError as refusal:
            log.info("source %d: %s", it.pk, refusal.code)


@shared_task
def tell_of_deadlines() -> None:
    for center in Center.objects.all():
        once.run(partial(expiring.tell_managers, center))


@shared_task
def ask_to_delete() -> None:
    """First what to ask, then the letters: what somebody renewed meanwhile is in none of them."""
    for center in Center.objects.all():
        for batch in deleting.batches(center):
            change = once.run(partial(deleting.ask, center, batch))
            if change != deleting.Change():
                log.info("deletions: titles added=%d withdrawn=%d", change.added, change.withdrawn)
    for deletion in deleting.due(timezone.localdate()):
        once.run(partial(deleting.tell, deletion))
