"""Every task leaves word when it has run, so that the operator sees who works and what stands still."""

from datetime import datetime, timedelta
from typing import Any, Final

from celery import Task
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.models import TaskRun

KEPT: Final = timedelta(days=7)


class NotedTask(Task):  # type: ignore[misc]  # celery has no types
    """What every task of ours is."""

    abstract = True

    def after_return(self, status: str, *_: Any) -> None:
        try:
            note(self.name, self.request.hostname or "", is_good=status == "SUCCESS")
        except DatabaseError:  # whoever looks sees that nobody left word
            return


@transaction.atomic
def note(task: str, worker: str, *, is_good: bool, now: datetime | None = None) -> None:
    facts = {"ended_at": now or timezone.now(), "is_good": is_good}
    TaskRun.objects.update_or_create(task=task[:120], worker=worker[:120], defaults=facts)


def forget_old(*, now: datetime) -> int:
    """Containers come and go, and each is a worker of another name."""
    return TaskRun.objects.filter(ended_at__lt=now - KEPT).delete()[0]
