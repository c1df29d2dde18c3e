"""The placeholder language that every kind of letter is worded in: what a text is, and how values fill it. Pure.

The first line is the subject. Blank lines part paragraphs; a line that begins with ``- `` belongs to a list.
``{Nummer}`` stands for a value. ``[…]`` is left out when a value in it is missing; it may run over the lines of a
paragraph, and holds no other. Paragraphs and list lines with a value of a single thing appear once for each thing;
those that follow each other stay together. A bracket that is meant as such is written twice: ``[[``, ``{{``.

A text is read (people.letters.reading) before values are put in: whatever a value says, it stays words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from people.letters.blocks import Block
from people.letters.saying import joined

Value: TypeAlias = str | list[Block]
"""Words, or blocks of their own: a link, a list."""

Values: TypeAlias = Mapping[str, Value]
SPACE: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


class Named(NamedTuple):
    """``{Nummer}``"""

    name: str


@dataclass(frozen=True)
class Bracket:
    """``[…]``: there only if everything it names is."""

    pieces: tuple[str | Named, ...]

    def is_said(self, values: Values) -> bool:
        return all(values.get(piece.name) for piece in self.pieces if isinstance(piece, Named))


Piece: TypeAlias = str | Named | Bracket


@dataclass(frozen=True)
class Unit:
    """A paragraph or a line of a list, and the number of the line it begins in."""

    pieces: tuple[Piece, ...]
    line: int
    is_item: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(piece.name for piece in _opened(self.pieces) if isinstance(piece, Named))

    def said(self, values: Values) -> Iterator[Value]:
        pieces = (piece for piece in self.pieces if not isinstance(piece, Bracket) or piece.is_said(values))
        return (values.get(piece.name, "") if isinstance(piece, Named) else piece for piece in _opened(pieces))

    def filled(self, values: Values) -> Iterator[Block]:
        """What is said between values that are blocks of their own, and those."""
        words: list[str] = []
        for said in self.said(values):
            if isinstance(said, str):
                words.append(said)
            elif said:
                yield from self._block(words)
                yield from said
                words = []
        yield from self._block(words)

    def _block(self, said: Iterable[str]) -> Iterator[Block]:
        if words := _on_one_line(said):
            yield {"list": [words]} if self.is_item else {"text": words}


@dataclass(frozen=True)
class Text:
    """A text that has been read."""

    subject: Unit
    units: tuple[Unit, ...]

    @property
    def names(self) -> frozenset[str]:
        return self.subject.names.union(*(unit.names for unit in self.units))

    def filled(self, once: Values, each: Sequence[Values]) -> tuple[str, list[Block]]:
        """Subject and body. ``once``: what holds for the letter; ``each``: what holds for one thing, thing by thing.

        In the subject the values of several things are joined.
        """
        of_things = frozenset(name for values in each for name in values)
        together = {name: joined(_words_of(values.get(name, "") for values in each)) for name in of_things}
        blocks: list[Block] = []
        for is_repeated, units in groupby(self.units, lambda unit: bool(unit.names & of_things)):
            told = list(units)
            for values in [{**once, **thing} for thing in each] if is_repeated else [once]:
                for block in (block for unit in told for block in unit.filled(values)):
                    _add(block, blocks)
        return _on_one_line(_words_of(self.subject.said({**together, **once}))), blocks


def _opened(pieces: Iterable[Piece]) -> Iterator[str | Named]:
    for piece in pieces:
        if isinstance(piece, Bracket):
            yield from piece.pieces
        else:
            yield piece


def _words_of(values: Iterable[Value]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _on_one_line(words: Iterable[str]) -> str:
    return SPACE.sub(" ", "".join(words)).strip()


def _add(block: Block, blocks: list[Block]) -> None:
    """Lines of a list that follow each other are one list."""
    if "list" in block and blocks and "list" in blocks[-1]:
        blocks[-1] = {"list": [*blocks[-1]["list"], *block["list"]]}
    else:
        blocks.append(block)
