"""What the tables know of the running: a few counts, cheap enough to be asked every quarter of a minute."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Min, Q, Sum

from lending.models import Line
from people.letters import alarm
from people.models import Center, Contact, Institution, Intent, Letter, ReminderRun, TaskRun, User
from people.models.institution import Channel

AWAY_AFTER: Final = timedelta(minutes=5)
"""The sweep comes every minute; whoever was not heard of for so long has stopped, or hangs."""


@dataclass(frozen=True)
class Letters:
    """Letters of all centres. ``stuck``: late, by the alarm's measure."""

    unwritten: int
    to_release: int
    waiting: int
    in_hand: int
    stuck: int
    with_trouble: int
    to_print: int
    to_call: int
    sent: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Worker:
    name: str
    seen_at: datetime
    is_away: bool


@dataclass(frozen=True)
class Task:
    name: str
    ended_at: datetime
    is_good: bool


@dataclass(frozen=True)
class Run:
    """A centre's last reminder run, if it has switched reminders on."""

    center: Center
    day: date | None
    last_at: datetime | None


@dataclass(frozen=True)
class Running:
    letters: Letters
    workers: list[Worker]
    tasks: list[Task]
    runs: list[Run]
    refused_addresses: int
    shortfall: int
    alarms: list[str]


def look(now: datetime) -> Running:
    return Running(
        letters=_letters(now),
        workers=_workers(now),
        tasks=_tasks(),
        runs=_runs(),
        refused_addresses=sum(
            model._default_manager.filter(mail_refused_at__isnull=False).count()
            for model in (User, Contact, Institution)
        ),
        shortfall=Line.objects.filter(shortfall__gt=0).aggregate(units=Sum("shortfall"))["units"] or 0,
        alarms=alarm.troubles(now),
    )


def _letters(now: datetime) -> Letters:
    mail = Q(channel=Channel.MAIL, sent_at__isnull=True)
    counts = Letter.objects.aggregate(
        waiting=Count("pk", filter=mail),
        in_hand=Count("pk", filter=mail & Q(claimed_until__gte=now)),
        stuck=Count("pk", filter=mail & Q(written_at__lt=now - alarm.LETTER_IS_LATE_AFTER)),
        with_trouble=Count("pk", filter=mail & ~Q(trouble="")),
        to_print=Count("pk", filter=Q(is_on_paper=True, done_at__isnull=True)),
        to_call=Count("pk", filter=Q(channel=Channel.PHONE, done_at__isnull=True)),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        oldest_at=Min("written_at", filter=mail),
    )
    unwritten = Intent.objects.unwritten().aggregate(
        to_release=Count("pk", filter=Q(needs_release=True, released_at__isnull=True)), unwritten=Count("pk")
    )
    return Letters(**counts, **unwritten)


def _workers(now: datetime) -> list[Worker]:
    seen = TaskRun.objects.values("worker").annotate(seen_at=Max("ended_at")).order_by("-seen_at")
    return [Worker(row["worker"], row["seen_at"], now - row["seen_at"] > AWAY_AFTER) for row in seen]


def _tasks() -> list[Task]:
    """Whichever worker ran it last."""
    last = TaskRun.objects.order_by("task", "-ended_at").distinct("task")
    return [Task(run.task, run.ended_at, run.is_good) for run in last]


def _runs() -> list[Run]:
    runs = {run.center_id: run for run in ReminderRun.objects.order_by("center_id", "-day").distinct("center_id")}
    found = ((center, runs.get(center.pk)) for center in Center.objects.filter(reminders_since__isnull=False))
    return [Run(center, run.day if run else None, run.last_at if run else None) for center, run in found]
