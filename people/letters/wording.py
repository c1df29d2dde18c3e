"""Intents become words: a subject and a body, from the kinds' texts and the facts, without looking anything up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime

from people.letters import blocks, frame
from people.letters.addressing import Recipient
from people.letters.frame import Frame, Section
from people.letters.glossary import Placeholder, glossary_of
from people.letters.kinds import KINDS, Bundle
from people.letters.language import Values
from people.letters.reading import read
from people.letters.unsubscribing import way_out
from people.models import Center, Intent
from people.models.institution import Channel


@dataclass(frozen=True)
class Words:
    subject: str
    body: list[blocks.Block]


def words_for(
    intents: Sequence[Intent],
    recipient: Recipient,
    center: Center,
    *,
    language: str,
    own: Mapping[str, str] | None = None,
) -> Words:
    """One letter that tells all ``intents``: a section for each kind, the most important first.

    ``own``: how the centre words a kind; the others are worded as we do.
    """
    around = frame_for(intents, recipient, center)
    ranked = sorted(intents, key=lambda intent: (-KINDS[intent.kind].rank, intent.kind, intent.pk))
    with translation.override(language):
        sections = [
            _section(kind, list(told), (own or {}).get(kind) or our_text(kind, language), around)
            for kind, told in groupby(ranked, lambda intent: intent.kind)
        ]
        end = way_out(intents) if recipient.channel == Channel.MAIL else []
        return Words(blocks.shortened(sections[0].subject), [*around.around(sections), *end])


@cache
def our_text(kind: str, language: str) -> str:
    """How we word ``kind``: in ``wordings/`` of the floor that knows what it means. Raises LookupError."""
    for app in apps.get_app_configs():
        path = Path(app.path) / "wordings" / f"{kind}.{language}.txt"
        if path.is_file():
            return path.read_text(encoding="utf-8").strip()
    raise LookupError(kind, language)


def placeholders_of(kind: str) -> dict[str, Placeholder]:
    """What a letter of ``kind`` can say, by name."""
    glossary = glossary_of(kind)
    return {it.name: it for it in (*glossary.each, *glossary.once, *frame.PLACEHOLDERS)}


def frame_for(intents: Sequence[Intent], recipient: Recipient, center: Center) -> Frame:
    kinds = [KINDS[intent.kind] for intent in intents]
    return Frame(
        recipient=recipient,
        center=center,
        is_formal=any(kind.bundle == Bundle.NOTICE for kind in kinds),
        has_copy=bool(recipient.copy_address) and any(kind.has_copy for kind in kinds),
    )


def values_for(told: Sequence[Intent], around: Frame, names: Collection[str]) -> tuple[Values, list[Values]]:
    """What ``names`` stand for when intents of one kind are told: in the whole letter, and thing by thing."""
    facts = [{**revived(intent.facts), "id": intent.subject_id} for intent in told]
    to = around.recipient
    glossary = glossary_of(told[0].kind)
    once, each = glossary.values(facts, names, has_account=to.user is not None, has_mail=to.channel == Channel.MAIL)
    return {**{it.name: it.value(around) for it in frame.PLACEHOLDERS if it.name in names}, **once}, each


def _section(kind: str, told: Sequence[Intent], text: str, around: Frame) -> Section:
    wording = read(text)
    subject, body = wording.filled(*values_for(told, around, wording.names))
    return Section(subject or str(KINDS[kind].title), body)


def revived(facts: Any, name: str = "") -> Any:
    """Facts as they were before JSON: ``*_on`` are days, ``*_at`` moments; text is harmless."""
    if isinstance(facts, dict):
        return {key: revived(value, key) for key, value in facts.items()}
    if isinstance(facts, list):
        return [revived(value, name) for value in facts]
    if not isinstance(facts, str):
        return facts
    if name.endswith("_on"):
        return parse_date(facts)
    return parse_datetime(facts) if name.endswith("_at") else blocks.harmless(facts)
