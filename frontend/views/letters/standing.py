"""How a letter stands, in words: sent when, by which channel, or what it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from frontend.states import Standing
from frontend.templatetags.german import moment
from people.letters.done import CallResult
from people.letters.kinds import KINDS
from people.models import Intent, Letter
from people.models.institution import Channel


@dataclass(frozen=True)
class Row:
    """A letter in a list, with how it stands."""

    letter: Letter
    standing: Standing


@dataclass(frozen=True)
class Telling:
    """One thing that was told, or is about to be, in the history of what it is about."""

    title: str | Promise
    intent: Intent
    standing: Standing


def rows(letters: Iterable[Letter]) -> list[Row]:
    return [Row(letter, standing_of(letter)) for letter in letters]


def tellings(intents: Iterable[Intent]) -> list[Telling]:
    """``intents`` come with their letter."""
    return [Telling(KINDS[intent.kind].title, intent, _standing_of_intent(intent)) for intent in intents]


def standing_of(letter: Letter) -> Standing:
    if letter.channel == Channel.PHONE:
        return _standing_of_call(letter)
    if letter.channel == Channel.PRINT or (letter.is_on_paper and letter.sent_at):
        return _standing_on_paper(letter)
    if letter.sent_at:
        return Standing(_("gesendet"), moment(letter.sent_at), "success")
    if letter.trouble:
        return Standing(_("Versand gestört"), _next_try(letter), "danger")
    return Standing(_("wird gesendet"), tone="info")


def _standing_of_call(letter: Letter) -> Standing:
    result = str(CallResult(letter.result).label) if letter.result else ""
    if letter.done_at:
        return Standing(_("angerufen"), f"{moment(letter.done_at)}, {result}", "success")
    return Standing(_("anzurufen"), result, "warning")


def _standing_on_paper(letter: Letter) -> Standing:
    if letter.done_at:
        return Standing(_("per Post"), moment(letter.done_at), "success")
    return Standing(_("zu drucken"), tone="warning")


def _next_try(letter: Letter) -> str:
    return _("nächster Versuch {moment}").format(moment=moment(letter.not_before)) if letter.not_before else ""


def _standing_of_intent(intent: Intent) -> Standing:
    if intent.letter:
        return standing_of(intent.letter)
    if intent.withdrawn_at:
        return Standing(_("nicht gesendet"), _("der Anlass ist weggefallen"))
    if intent.needs_release and not intent.released_at:
        return Standing(_("wartet auf Freigabe"), tone="warning")
    return Standing(_("wird geschrieben"), tone="info")
