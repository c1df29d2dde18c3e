"""The same in Prometheus' text format (exposition format 0.0.4). It is a few lines of text; no library is needed."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from office.operating.looking import Running

Sample: TypeAlias = tuple[dict[str, str], float]


def as_text(running: Running, *, now: datetime) -> str:
    return "".join(_family(*family) for family in _families(running, now))


def _families(running: Running, now: datetime) -> Iterator[tuple[str, str, list[Sample]]]:
    letters = running.letters
    by_state = {
        "waiting": letters.waiting,
        "in_hand": letters.in_hand,
        "stuck": letters.stuck,
        "with_trouble": letters.with_trouble,
        "sent_within_an_hour": letters.sent_lately,
    }
    age = (now - letters.oldest_at).total_seconds() if letters.oldest_at else 0.0
    yield "leihwerk_mails", "Letters by mail.", [({"state": state}, float(n)) for state, n in by_state.items()]
    by_hand: list[Sample] = [({"channel": "print"}, letters.to_print), ({"channel": "phone"}, letters.to_call)]
    yield "leihwerk_letters_by_hand", "Letters that people print or tell by phone.", by_hand
    intents: list[Sample] = [({"state": "unwritten"}, letters.unwritten), ({"state": "to_release"}, letters.to_release)]
    yield "leihwerk_intents", "What is to be told and is in no letter yet.", intents
    yield "leihwerk_oldest_waiting_mail_seconds", "Age of the oldest letter by mail that has not gone out.", [({}, age)]
    yield (
        "leihwerk_reminder_run_age_seconds",
        "Since a centre's last reminder run.",
        [({"center": run.center.slug}, (now - run.last_at).total_seconds()) for run in running.runs if run.last_at],
    )
    yield (
        "leihwerk_task_age_seconds",
        "Since a task of the timetable ended.",
        [({"task": task.name}, (now - task.ended_at).total_seconds()) for task in running.tasks],
    )
    yield (
        "leihwerk_task_failed",
        "1 where the last run of a task failed.",
        [({"task": task.name}, float(not task.is_good)) for task in running.tasks],
    )
    yield "leihwerk_workers", "Workers heard of lately.", [({}, sum(not it.is_away for it in running.workers))]
    yield "leihwerk_refused_addresses", "Mail addresses that were refused for good.", [({}, running.refused_addresses)]
    yield "leihwerk_shortfall_units", "Units that are promised and missing in the plans.", [({}, running.shortfall)]
    yield "leihwerk_alarms", "Sentences of check_reminders.", [({}, len(running.alarms))]


def _family(name: str, meaning: str, samples: list[Sample]) -> str:
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
    lines += [f"{name}{_labels(labels)} {value:.15g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _labels(labels: dict[str, str]) -> str:
    said = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{said}}}" if said else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
