"""Intents become words: a subject and a body, from the kinds' templates and the facts, without looking anything up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime

from people.letters import blocks, opening
from people.letters.addressing import Recipient
from people.letters.kinds import KINDS, Bundle
from people.models import Center, Institution, Intent


@dataclass(frozen=True)
class Words:
    subject: str
    body: list[blocks.Block]


def words_for(intents: Sequence[Intent], recipient: Recipient, center: Center, *, language: str) -> Words:
    """One letter that tells all ``intents``: a section for each kind, the most important first."""
    with translation.override(language):
        frame = _frame(intents, recipient, center)
        ranked = sorted(intents, key=lambda intent: (-KINDS[intent.kind].rank, intent.kind, intent.pk))
        sections = [
            _section(kind, [{**revived(intent.facts), "id": intent.subject_id} for intent in told], frame)
            for kind, told in groupby(ranked, lambda intent: intent.kind)
        ]
        text = _render("letters/frame.txt", {**frame, "sections": sections})
    return Words(sections[0].subject, blocks.read(text))


@dataclass(frozen=True)
class Section:
    subject: str
    text: str


def _section(kind: str, entries: list[dict[str, Any]], frame: Mapping[str, Any]) -> Section:
    """A template's first line is the subject, the rest is what it says."""
    text = _render(f"letters/{kind}.txt", {**frame, "entries": entries, "entry": entries[0]})
    subject, _, rest = text.strip().partition("\n")
    return Section(subject.strip(), rest)


def _frame(intents: Sequence[Intent], recipient: Recipient, center: Center) -> dict[str, Any]:
    """What every letter may mention besides its facts."""
    addressee, institution = recipient.addressee, recipient.institution
    person = "" if isinstance(addressee, Institution) else addressee.name
    return {
        "person": blocks.harmless(f"{getattr(addressee, 'salutation', '')} {person}"),
        "has_account": recipient.user is not None,
        "is_formal": any(KINDS[intent.kind].bundle == Bundle.NOTICE for intent in intents),
        "has_copy": bool(institution and institution.email and any(KINDS[intent.kind].has_copy for intent in intents)),
        "institution": blocks.harmless(str(institution)) if institution else "",
        "tour_day": institution.get_tour_day_display() if institution and institution.tour_day is not None else "",
        "center": blocks.harmless(center.name),
        "phone": blocks.harmless(center.phone),
        "opening_hours": opening.in_words(center.opening_hours.all()),
    }


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


def _render(template: str, context: Mapping[str, Any]) -> str:
    return str(get_template(template).template.render(Context(context, autoescape=False)))  # type: ignore[attr-defined]  # Django's own engine
