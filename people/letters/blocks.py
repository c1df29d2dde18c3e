"""One committed body, three renderings: plain text, HTML and paper. Pure functions on a list of blocks.

A block is a paragraph ``{"text"}``, a heading ``{"heading"}``, a list ``{"list"}`` or a link ``{"label", "url"}``.
Marks are control characters, which no fact can contain: what people typed never becomes a heading or a link.
"""

import re
import textwrap
from itertools import takewhile
from typing import Any, Final, TypeAlias

Block: TypeAlias = dict[str, Any]

HEADING: Final = "\x01"
LINK: Final = "\x02"
ITEM: Final = "\x03"
PARTED: Final = "\x1f"
MARKS: Final = re.compile(r"[\x00-\x1f\x7f]+")
WIDTH: Final = 74


def harmless(typed: str) -> str:
    """What people typed, on one line and without marks."""
    return MARKS.sub(" ", typed).strip()


def read(text: str) -> list[Block]:
    """The blocks of a rendered template; blank lines part them."""
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text):
        lines = [line.strip(" ") for line in part.strip().splitlines() if line.strip(" ")]
        while lines:
            taken = _take(lines, blocks)
            lines = lines[taken:]
    return blocks


def _take(lines: list[str], blocks: list[Block]) -> int:
    """Put the block that the first lines make behind ``blocks``; how many lines it took."""
    mark = lines[0][0]
    if mark == HEADING:
        blocks.append({"heading": lines[0][1:]})
        return 1
    if mark == LINK:
        label, url = lines[0][1:].split(PARTED)
        blocks.append({"label": label, "url": url})
        return 1
    if mark == ITEM:
        items = list(takewhile(lambda line: line[0] == ITEM, lines))
        blocks.append({"list": [line[1:].strip() for line in items]})
        return len(items)
    words = list(takewhile(lambda line: line[0] not in {HEADING, LINK, ITEM}, lines))
    blocks.append({"text": " ".join(words)})
    return len(words)


def as_text(blocks: list[Block]) -> str:
    """Reads well in a program that shows nothing but letters."""
    return "\n\n".join(_text_of(block) for block in blocks) + "\n"


def _text_of(block: Block) -> str:
    if "heading" in block:
        return f"{_wrapped(block['heading'])}\n{'-' * min(len(block['heading']), WIDTH)}"
    if "list" in block:
        return "\n".join(_wrapped(item, first="- ", rest="  ") for item in block["list"])
    if "url" in block:
        return f"{block['label']}:\n{block['url']}"
    return _wrapped(block["text"])


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
