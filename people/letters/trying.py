"""Trying a text before it holds: what a letter would say, with what was told last, and as a real letter to oneself."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise

from people import journal
from people.letters import bell
from people.letters.addressing import Recipient, recipient_in
from people.letters.blocks import Block, shortened
from people.letters.glossary import glossary_of
from people.letters.kinds import Bundle
from people.letters.language import Value
from people.letters.wording import frame_for, placeholders_of, values_for
from people.letters.writing import compose
from people.models import Center, Intent, Letter, User


@dataclass(frozen=True)
class Explained:
    """A placeholder with an example; ``is_each``: what it stands in appears once for each thing."""

    name: str
    meaning: str | Promise
    example: str
    is_each: bool


def explained(intent: Intent, *, language: str) -> list[Explained]:
    """Everything that can be said of ``intent``."""
    known = placeholders_of(intent.kind)
    with translation.override(language):
        once, each = values_for([intent], frame_for([intent], recipient_in(intent), intent.center), known)
    of_things = {it.name for it in glossary_of(intent.kind).each}
    values = {**once, **(each[0] if each else {})}
    return [
        Explained(it.name, it.meaning, _example(values.get(it.name)), it.name in of_things) for it in known.values()
    ]


def sample(center: Center, kind: str, *, to: User) -> Intent:
    """As if ``to`` were told what was told last, else our example; not saved."""
    last = Intent.objects.filter(center=center, kind=kind).select_related("institution").order_by("-pk").first()
    institution = last.institution if last else None
    return Intent(
        pk=0,
        center=center,
        user=to,
        institution=institution,
        recipient=Recipient(to, None, institution).key,
        subject_id=last.subject_id if last else 0,
        kind=kind,
        facts=last.facts if last else dict(glossary_of(kind).example),
    )


def preview(intent: Intent, text: str, *, language: str, now: datetime | None = None) -> Letter:
    """The letter about ``intent`` as ``text`` would word it; not saved."""
    letter = compose(
        [intent], bundle=Bundle.NEWS, day=None, now=now or timezone.now(), language=language, own={intent.kind: text}
    )
    letter.is_on_paper, letter.copy_to = False, ""
    letter.body = [_without_key(block) for block in letter.body]
    return letter


@transaction.atomic
def try_out(center: Center, kind: str, text: str, *, language: str, by: User, now: datetime | None = None) -> Letter:
    """A letter to ``by``, through the same door as all others; its subject says that it is a test."""
    letter = preview(sample(center, kind, to=by), text, language=language, now=now)
    letter.institution, letter.recipient = None, Recipient(by, None, None).key
    letter.subject = shortened(f"Test: {letter.subject}")
    letter.save()
    journal.record("letter.tried_out", letter, by=by, kind=kind, language=language)
    bell.ring()
    return letter


def _without_key(block: Block) -> Block:
    """Whoever tries a text must not act for those who were told: a link that needs no account leads to the front."""
    return {**block, "url": f"{settings.BASE_URL}/"} if block.get("is_key") else block


def _example(value: Value | None) -> str:
    return value if isinstance(value, str) else ""
