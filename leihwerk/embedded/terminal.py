"""What the person at the terminal reads."""

import sys


def say(text: str) -> None:
    """One step of the way."""
    sys.stdout.write(f"→ {text}\n")
    sys.stdout.flush()


def show(text: str) -> None:
    """A block of its own."""
    sys.stdout.write(f"\n{text}\n\n")
    sys.stdout.flush()
