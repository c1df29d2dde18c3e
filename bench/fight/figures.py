"""What the fight came to, in numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bench.fight.chronicle import Deed, Failure
from bench.fight.verdict import Breach
from bench.house.house import STEADY, Outage

IN_THE_LOG: Final = {
    "deadlocks": "deadlock detected",
    "lock timeouts": "canceling statement due to lock timeout",
    "walls that had to hold": "violates exclusion constraint",
    "uniqueness that had to hold": "duplicate key value violates unique constraint",
}


def lines(deeds: list[Deed], outages: list[Outage], log: str, *, seconds: float) -> Iterator[str]:
    answered = [deed for deed in deeds if deed.is_answered]
    yield f"{'act':22}{'asked':>8}{'done':>8}{'refused':>8}{'tries':>8}"
    for act, of in _by_act(deeds).items():
        done = sum(deed.is_done for deed in of)
        tries = sum(1 + len(deed.failures) for deed in of)
        yield f"{act:22}{len(of):8}{done:8}{sum(deed.is_answered for deed in of) - done:8}{tries:8}"
    yield f"refusals        {_listed(Counter(deed.code for deed in answered if not deed.is_done))}"
    yield f"tries in vain   {_listed(Counter(_kind(it) for deed in deeds for it in deed.failures))}"
    repeats = [same for deed in deeds for same in deed.repeats]
    yield f"asked twice     {len(repeats)}, answered alike {sum(repeats)}"
    for role in sorted({outage.role for outage in outages}):
        yield f"kills           {_kills([outage for outage in outages if outage.role == role])}"
    calm = [deed.seconds for deed in answered if not deed.failures]
    yield (
        f"answers         {len(answered) / seconds:.1f} a second; at the first try {len(calm)}: "
        f"p50 {_at(calm, 0.5) * 1000:.0f} ms, p95 {_at(calm, 0.95) * 1000:.0f} ms"
    )
    yield f"in PostgreSQL   {_listed(in_the_log(log))}"


def in_the_log(log: str) -> Counter[str]:
    return Counter({name: len(re.findall(rf"ERROR: .*{words}", log)) for name, words in IN_THE_LOG.items()})


def faults(deeds: list[Deed], outages: list[Outage], log: str) -> Iterator[Breach]:
    """What must not show in the figures."""
    for deed in deeds:
        for failure in deed.failures:
            if failure.status >= 500 and not any(_fell_in(failure, outage) for outage in outages):
                yield Breach("server error", f"{deed.key} ({deed.act}): {failure}, and nobody was killed then")
    for outage in outages:
        if outage.back_at is None:
            yield Breach("not back", f"{outage}")
    if (count := in_the_log(log)["deadlocks"]) > 0:
        yield Breach("deadlock", f"{count} in PostgreSQL's log")


def _fell_in(failure: Failure, outage: Outage) -> bool:
    return outage.killed_at <= failure.ended and failure.began <= (outage.back_at or failure.began) + STEADY


def _by_act(deeds: list[Deed]) -> dict[str, list[Deed]]:
    return {act: [deed for deed in deeds if deed.act == act] for act in sorted({deed.act for deed in deeds})}


def _kind(failure: Failure) -> str:
    """A 5xx has no code; its words are for whoever reads the chronicle."""
    return (
        f"{failure.status} {failure.code if failure.status < 500 else ''}".strip() if failure.status else failure.code
    )


def _kills(outages: Sequence[Outage]) -> str:
    times = [outage.back_at - outage.killed_at for outage in outages if outage.back_at is not None]
    victims = _listed(Counter(outage.victim for outage in outages))
    return f"{len(outages)} ({victims}); back after p50 {_at(times, 0.5):.1f} s, at most {max(times, default=0):.1f} s"


def _at(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common()) or "none"
