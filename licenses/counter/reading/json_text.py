"""JSON piece by piece, out of a file of any length.

Each piece is decoded by Python's own json, which is safe with whatever is uploaded; of the libraries that stream, the
fast one (ijson with yajl) ends the process at a number of five thousand digits, and takes gigabytes for deep nesting.
"""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

_CHUNK: Final = 1 << 16
_LARGEST: Final = 1 << 22  # characters of one piece; a larger one is damage that looks like a text without an end
_DESCENDED: Final = 4  # levels that are skipped piece by piece
_SPACE: Final = " \t\r\n"
_NUMBER: Final = "0123456789+-.eE"


class JsonIsDamaged(Exception):
    """No JSON from here on."""


class JsonText:
    """A file that is read forward once: ``keys`` and ``elements`` stop before a value, which has to be taken."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._buffer, self._at, self._is_whole = "", 0, False

    def keys(self) -> Iterator[str]:
        """The keys of the object that comes next, one after the other."""
        self._take("{")
        if self._has("}"):
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise JsonIsDamaged
            self._take(":")
            yield key
            if self._has("}"):
                return
            self._take(",")

    def elements(self) -> Iterator[None]:
        """Stops before each element of the list that comes next."""
        self._take("[")
        if self._has("]"):
            return
        while True:
            yield
            if self._has("]"):
                return
            self._take(",")

    def value(self) -> Any:
        """Take the value that comes next, as a whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                pass  # perhaps it goes on in what was not read yet
            except (ValueError, RecursionError) as damage:  # too many digits, too deep
                raise JsonIsDamaged from damage
            else:
                if self._is_whole or self._buffer[end : end + 8].strip(_NUMBER):  # no number that goes on
                    self._at = end
                    return value
            if len(self._buffer) - self._at > _LARGEST or not self._read():
                raise JsonIsDamaged

    def skip(self, levels: int = _DESCENDED) -> None:
        """Pass over the value that comes next, however long it is."""
        match self.peek() if levels else "":
            case "{":
                for _key in self.keys():
                    self.skip(levels - 1)
            case "[":
                for _each in self.elements():
                    self.skip(levels - 1)
            case _:
                self.value()

    def peek(self) -> str:
        """The first character of what comes next, "" at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._read():
                return ""

    def _has(self, mark: str) -> bool:
        if self.peek() != mark:
            return False
        self._at += 1
        return True

    def _take(self, mark: str) -> None:
        if not self._has(mark):
            raise JsonIsDamaged

    def _read(self) -> bool:
        """Read on, as much as there is of an unfinished piece, so that a long one is not begun anew too often."""
        if self._is_whole:
            return False
        self._buffer, self._at = self._buffer[self._at :], 0
        chunk = self._file.read(max(_CHUNK, len(self._buffer)))
        try:
            self._buffer += self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as damage:
            raise JsonIsDamaged from damage
        self._is_whole = not chunk
        return True


_DECODER: Final = json.JSONDecoder()
