"""What is wrong with a text, in sentences. A text without troubles fills every letter of its kind."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import process

from people.letters.reading import Breaks, Unreadable, names_by_line, read
from people.letters.wording import placeholders_of

LONGEST_SUBJECT: Final = 250
LONGEST_TEXT: Final = 5000
SIMILAR: Final = 60  # of 100

BREAKS: Final[dict[Breaks, Promise]] = {
    Breaks.BRACE: gettext_lazy("Eine geschweifte Klammer gehört zu keinem Platzhalter."),
    Breaks.OPENS: gettext_lazy("Die eckige Klammer wird in diesem Absatz nicht geschlossen."),
    Breaks.CLOSES: gettext_lazy("Hier schließt eine eckige Klammer, die in diesem Absatz nicht geöffnet wurde."),
    Breaks.IN_BRACKET: gettext_lazy("In einer eckigen Klammer kann keine zweite stehen."),
    Breaks.NAMES_NOTHING: gettext_lazy(
        "In der eckigen Klammer steht kein Platzhalter. Eine Klammer, die im Brief stehen soll, schreiben Sie doppelt."
    ),
}


def troubles(kind: str, text: str) -> list[str]:
    """What is to be mended before ``kind`` can be worded like this; each with its line."""
    try:
        wording = read(text)
    except Unreadable as trouble:
        return [_at(trouble.line, str(BREAKS[trouble.how]))]
    return [*_troubles_of_size(text, has_body=bool(wording.units)), *_troubles_of_names(kind, text)]


def _troubles_of_size(text: str, *, has_body: bool) -> Iterator[str]:
    subject = text.strip().partition("\n")[0]
    if not subject:
        yield _("Die erste Zeile ist der Betreff. Bitte schreiben Sie etwas hinein.")
    elif not has_body:
        yield _("Unter dem Betreff steht noch nichts.")
    if len(subject) > LONGEST_SUBJECT:
        yield _at(1, _("Der Betreff ist länger als {n} Zeichen.").format(n=LONGEST_SUBJECT))
    if len(text) > LONGEST_TEXT:
        yield _("Der Text ist länger als {n} Zeichen.").format(n=LONGEST_TEXT)


def _troubles_of_names(kind: str, text: str) -> Iterator[str]:
    known = placeholders_of(kind)
    for line, name in names_by_line(text):
        if name not in known:
            yield _at(line, _unknown(name, list(known)))
        elif line == 1 and known[name].is_block:
            yield _at(1, _("{{{name}}} braucht eine eigene Zeile und kann nicht im Betreff stehen.").format(name=name))


def _unknown(name: str, known: Iterable[str]) -> str:
    sentence = _("{{{name}}} kennen wir hier nicht.").format(name=name)
    similar = process.extractOne(name, known, processor=str.casefold, score_cutoff=SIMILAR)
    question = _("Meinten Sie {{{name}}}?")
    return f"{sentence} {question.format(name=similar[0])}" if similar else sentence


def _at(line: int, sentence: str) -> str:
    return _("Zeile {n}: {sentence}").format(n=line, sentence=sentence)
