"""Reading a text in the placeholder language (people.letters.language). Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final, TypeAlias

from people.letters.language import Bracket, Named, Piece, Text, Unit

TOKEN: Final = re.compile(r"(?P<doubled>\{\{|\}\}|\[\[|\]\])|\{(?P<name>[^][{}\n]+)\}|(?P<single>[][{}])")
ITEM: Final = re.compile(r"(\[?)- ")


class Breaks(Enum):
    """How a text breaks off."""

    BRACE = "brace"
    OPENS = "opens"
    CLOSES = "closes"
    IN_BRACKET = "in_bracket"
    NAMES_NOTHING = "names_nothing"


class Unreadable(ValueError):
    """The text breaks off in ``line`` (from 1)."""

    def __init__(self, how: Breaks, line: int) -> None:
        super().__init__(how, line)
        self.how, self.line = how, line


class Mark(Enum):
    OPEN = "["
    CLOSE = "]"


Token: TypeAlias = str | Named | Mark


@lru_cache(maxsize=500)
def read(text: str) -> Text:
    """Raises Unreadable."""
    subject, *lines = text.strip().split("\n")
    return Text(_unit([subject], 1), tuple(_units(lines)))


def _units(lines: Iterable[str]) -> Iterator[Unit]:
    paragraph: list[str] = []
    for number, line in enumerate([*lines, ""], 2):
        is_item = ITEM.match(line)
        if paragraph and (is_item or not line.strip()):
            yield _unit(paragraph, number - len(paragraph))
            paragraph = []
        if is_item:
            yield _unit([ITEM.sub(r"\1", line, count=1)], number, is_item=True)
        elif line.strip():
            paragraph.append(line.strip())


def _unit(lines: Sequence[str], number: int, *, is_item: bool = False) -> Unit:
    return Unit(tuple(_pieces(_tokens("\n".join(lines), number))), number, is_item)


def _pieces(tokens: Iterable[tuple[Token, int]]) -> Iterator[Piece]:
    held: list[str | Named] | None = None
    opened_in = 0
    for token, line in tokens:
        if token is Mark.OPEN:
            if held is not None:
                raise Unreadable(Breaks.IN_BRACKET, line)
            held, opened_in = [], line
        elif token is Mark.CLOSE:
            yield _bracket(held, line)
            held = None
        elif held is not None:
            held.append(token)
        else:
            yield token
    if held is not None:
        raise Unreadable(Breaks.OPENS, opened_in)


def _bracket(held: Sequence[str | Named] | None, line: int) -> Bracket:
    if held is None:
        raise Unreadable(Breaks.CLOSES, line)
    if not any(isinstance(piece, Named) for piece in held):
        raise Unreadable(Breaks.NAMES_NOTHING, line)
    return Bracket(tuple(held))


def _tokens(text: str, number: int) -> Iterator[tuple[Token, int]]:
    end, line = 0, number
    for found in TOKEN.finditer(text):
        if words := text[end : found.start()]:
            yield words, line
        line, end = number + text.count("\n", 0, found.start()), found.end()
        if found["name"]:
            yield Named(found["name"].strip()), line
        elif found["doubled"]:
            yield found["doubled"][0], line
        elif found["single"] in "{}":
            raise Unreadable(Breaks.BRACE, line)
        else:
            yield Mark(found["single"]), line
    if text[end:]:
        yield text[end:], line


def names_by_line(text: str) -> Iterator[tuple[int, str]]:
    """What the text names, line by line; as far as it can be read."""
    for number, line in enumerate(text.strip().split("\n"), 1):
        for found in TOKEN.finditer(line):
            if found["name"]:
                yield number, found["name"].strip()
