"""Letters: verbs intend, people bundle, write and send (DESIGN section 5).

A verb calls ``intend`` in its own transaction; a task writes what is intended into letters and sends them. Tables hold
the truth; the broker is only the bell.
"""

from people.letters.addressing import recipient_key
from people.letters.intents import hold_back, intend, intend_all, release
from people.letters.withdrawing import withdraw, withdraw_all

__all__ = ["hold_back", "intend", "intend_all", "recipient_key", "release", "withdraw", "withdraw_all"]
