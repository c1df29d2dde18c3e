"""What the tables know of the running: a few counts, cheap enough to be asked every quarter of a minute."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum

from lending.models import Line
from people.letters import alarm
from people.models import Center, Contact, Institution, Intent, Letter, ReminderRun, TaskRun, User

AWAY_AFTER: Final = timedelta(minutes=5)
"""The sweep comes every minute; whoever was not heard of for so long has stopped, or hangs."""

LATELY: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Letters:
    """Letters of all centres. ``stuck``: late, by the alarm's measure; ``sent_lately``: within an hour."""

    unwritten: int
    to_release: int
    waiting: int
    in_hand: int
    stuck: int
    with_trouble: int
    to_print: int
    to_call: int
    sent_lately: int
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
    """Each count reads what waits, never what is over: there is an index for it (people.models.letter)."""
    waiting = Letter.objects.to_mail().aggregate(
        waiting=Count("pk"),
        in_hand=Count("pk", filter=Q(claimed_until__gte=now)),
        stuck=Count("pk", filter=Q(written_at__lt=now - alarm.LETTER_IS_LATE_AFTER)),
        with_trouble=Count("pk", filter=~Q(trouble="")),
        oldest_at=Min("written_at"),
    )
    unwritten = Intent.objects.unwritten().aggregate(
        to_release=Count("pk", filter=Q(needs_release=True, released_at__isnull=True)), unwritten=Count("pk")
    )
    return Letters(
        **waiting,
        **unwritten,
        to_print=Letter.objects.to_print().count(),
        to_call=Letter.objects.to_call().count(),
        sent_lately=Letter.objects.filter(sent_at__gt=now - LATELY).count(),
    )


def _workers(now: datetime) -> list[Worker]:
    seen = TaskRun.objects.values("worker").annotate(seen_at=Max("ended_at")).order_by("-seen_at")
    return [Worker(row["worker"], row["seen_at"], now - row["seen_at"] > AWAY_AFTER) for row in seen]


def _tasks() -> list[Task]:
    """Whichever worker ran it last."""
    last = TaskRun.objects.order_by("task", "-ended_at").distinct("task")
    return [Task(run.task, run.ended_at, run.is_good) for run in last]


def _runs() -> list[Run]:
    """The last of each centre, however many years it has been running."""
    runs = ReminderRun.objects.filter(center=OuterRef("pk")).order_by("-day")
    centers = Center.objects.filter(reminders_since__isnull=False)
    last = centers.values_list("pk", Subquery(runs.values("day")[:1]), Subquery(runs.values("last_at")[:1]))
    named = centers.in_bulk()
    return [Run(named[pk], day, last_at) for pk, day, last_at in last if pk in named]
