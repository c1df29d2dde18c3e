"""One committed body, three renderings: plain text, HTML and paper. Pure functions on a list of blocks.

A block is a paragraph ``{"text"}``, a heading ``{"heading"}``, a list ``{"list"}`` or a link ``{"label", "url"}``. With
``is_key`` a link lets whoever has it act: it is for the reader of the letter, and never followed from a page of ours.
"""

import re
import textwrap
from typing import Any, Final, TypeAlias

Block: TypeAlias = dict[str, Any]

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
WIDTH: Final = 74
OVERLONG: Final = re.compile(rf"\S{{{WIDTH - 1},}}")  # beside the dash of a list
LONGEST_SUBJECT: Final = 78  # what a mail shows on one line (RFC 5322, 2.1.1)


def harmless(typed: str) -> str:
    """What people typed, on one line."""
    return CONTROL.sub(" ", typed).strip()


def shortened(subject: str) -> str:
    """A subject that fits on one line: cut between two words, or within one that is so long that little would stay."""
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    kept = subject[:LONGEST_SUBJECT]  # one more than stays, for the dots
    words = kept.rpartition(" ")[0]
    return (words if len(words) > len(kept) // 2 else kept[:-1]).rstrip(" ,;:–(") + "…"


def as_text(blocks: list[Block]) -> str:
    """Reads well in a program that shows nothing but letters."""
    return "\n\n".join(_text_of(block) for block in blocks) + "\n"


def _text_of(block: Block) -> str:
    if "heading" in block:
        heading = _wrapped(block["heading"])
        return f"{heading}\n{'-' * max(map(len, heading.splitlines()))}"
    if "list" in block:
        return "\n".join(_wrapped(item, first="- ", rest="  ") for item in block["list"])
    if "url" in block:
        return f"{_wrapped(block['label'] + ':')}\n{block['url']}"
    return _wrapped(block["text"])


def _in_pieces(word: re.Match[str]) -> str:
    return word[0] if "://" in word[0] else " ".join(textwrap.wrap(word[0], WIDTH - 2))


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    """On lines of at most ``WIDTH`` signs. Nothing is longer than a line but an address, which is never broken."""
    return textwrap.fill(
        OVERLONG.sub(_in_pieces, text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
