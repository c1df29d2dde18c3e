"""What happens every night so that nobody is remembered longer than needed, and what a person may ask for."""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

import inventory.privacy
import lending.privacy
import licenses.privacy
import people.privacy
from office.errors import OpenBusiness
from people import journal, once, task_runs, uploads
from people.models import Center, User
from people.privacy import REMEMBERED, Person

log = logging.getLogger(__name__)


def forget(*, now: datetime | None = None) -> dict[str, int]:
    """Forget who is no longer needed: rows about things stay and lose their people, rows about people go.

    Each step is a transaction of its own and can be repeated; how much each forgot is logged, as numbers.
    """
    now = now or timezone.now()
    forgotten = once.run(lambda: lending.privacy.unlink(now=now))
    forgotten |= once.run(lambda: licenses.privacy.unlink(now=now))
    forgotten["letters"] = once.run(lambda: _unlink_letters(now))
    forgotten["memberships"] = once.run(lambda: people.privacy.forget_memberships(now=now))
    forgotten["people"] = sum(_erase_all(gone, now) for gone in _gone(now))
    forgotten["answers"] = once.run(lambda: once.forget_old(now=now))
    forgotten["uploads"] = once.run(lambda: uploads.forget_old(now=now))
    forgotten["task_runs"] = once.run(lambda: task_runs.forget_old(now=now))
    forgotten["sessions"] = once.run(lambda: Session.objects.filter(expire_date__lt=now).delete()[0])
    forgotten["mail_files"] = _delete_mail_files(now)
    log.info("forgot %s", " ".join(f"{kind}={count}" for kind, count in forgotten.items()))
    return forgotten


@transaction.atomic
def erase(person: Person, *, by: User, now: datetime | None = None) -> None:
    """Forget ``person`` now, because they asked. Raises OpenBusiness as long as something is not back or to come."""
    now = now or timezone.now()
    if lending.privacy.open_business_of(person, now=now):
        raise OpenBusiness(person=str(person))
    for center in _centers_of(person):
        journal.record("person.erased", center, by=by)
    _erase(person, now)


def _erase(person: Person, now: datetime) -> None:
    lending.privacy.unlink_person(person, now=now)
    licenses.privacy.unlink_person(person, now=now)
    inventory.privacy.forget_names(person)
    licenses.privacy.forget_names(person)
    people.privacy.erase(person, now=now)


def _gone(now: datetime) -> list[QuerySet[Any]]:
    """Who is to be forgotten completely: accounts and contacts without any business for 90 days."""
    users, contacts = lending.privacy.borrowers()
    return [
        people.privacy.gone_users(now=now, in_use=users),
        people.privacy.gone_contacts(now=now, in_use=contacts),
    ]


def _erase_all(gone: QuerySet[Any], now: datetime) -> int:
    """One transaction each. With the row locked nobody can be given anything in their name meanwhile."""

    def erase_if_still_gone(pk: int) -> bool:
        person = gone.select_for_update(of=("self",)).filter(pk=pk).first()
        if person is not None:
            _erase(person, now)
        return person is not None

    return sum(once.run(partial(erase_if_still_gone, pk)) for pk in list(gone.values_list("pk", flat=True)))


def _unlink_letters(now: datetime) -> int:
    unlinked = lending.privacy.unlinked()
    people.privacy.unlink_untold(now=now, unlinked=unlinked)
    return people.privacy.unlink_letters(now=now, still_linked=lending.privacy.still_linked(), unlinked=unlinked)


def _centers_of(person: Person) -> QuerySet[Center]:
    if isinstance(person, User):
        return Center.objects.filter(memberships__user=person).distinct()
    return Center.objects.filter(pk=person.center_id)


def _delete_mail_files(now: datetime) -> int:
    """Mails that were written into files instead of being sent: only ever in a demo."""
    folder = Path(settings.EMAIL_FILE_PATH)
    before = (now - REMEMBERED).timestamp()
    old = [file for file in folder.glob("*") if file.is_file() and file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
