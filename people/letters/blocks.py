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


def harmless(typed: str) -> str:
    """What people typed, on one line."""
    return CONTROL.sub(" ", typed).strip()


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
