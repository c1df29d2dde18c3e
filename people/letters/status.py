"""What a mail server's refusal means: the codes of RFC 5321 (550) and RFC 3463 (5.1.1). Pure."""

import re
from typing import Final

DETAILED: Final = re.compile(r"\s*(5\.\d{1,3}\.\d{1,3})(?!\d)", re.ASCII)
OF_THE_ADDRESS: Final = frozenset({"550", "551", "552", "553"})
OF_THE_SENDER: Final = frozenset({"5.1.7", "5.1.8"})


def status_of(code: int, answer: bytes | str) -> str:
    """The detailed status where the answer begins with one, else the code alone; never a word of the answer."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    detailed = DETAILED.match(words)
    return detailed[1] if detailed else str(code)


def is_for_good(status: str) -> bool:
    return status.startswith("5")


def blames_address(status: str) -> bool:
    """Nobody can be reached at this address; rather than that somebody does not want our mail, or this mail (5.7.1).

    RFC 3463: subject 1 is the address, subject 2 the mailbox; 5.1.7 and 5.1.8 are about the sender's own.
    """
    if "." in status:
        return status.startswith(("5.1.", "5.2.")) and status not in OF_THE_SENDER
    return status in OF_THE_ADDRESS
