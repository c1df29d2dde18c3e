"""A key has one answer: for whoever asks again at the same moment, afterwards, or after a fall."""

import json
from collections.abc import Iterator

from bench.fight.caller import REMEMBERED
from bench.fight.chronicle import Deed
from bench.fight.truth import Truth, grouped
from bench.fight.verdict.breach import Breach


def breaches(truth: Truth, deeds: list[Deed]) -> Iterator[Breach]:
    remembered = grouped(truth.remembered, "key")
    for deed in deeds:
        if not deed.is_answered:
            yield Breach("unanswered", f"{deed.key} ({deed.act}): {deed.failures[-3:]}")
        if False in deed.repeats:
            yield Breach("answer changed", f"{deed.key} ({deed.act}) was answered in two ways")
        rows = remembered.get(deed.key, [])
        if deed.status in REMEMBERED and not rows:
            yield Breach("lost", f"{deed.key} ({deed.act}): the answer {deed.status} is not remembered")
        if deed.is_answered and any((row.status, json.loads(row.body)) != (deed.status, deed.answer) for row in rows):
            yield Breach(
                "answer changed", f"{deed.key} ({deed.act}): {rows[0].status} is remembered, not {deed.status}"
            )
