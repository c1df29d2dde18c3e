"""In what order two workers share the files: what takes long begins early, or one of them ends up waiting for it."""

import re
from collections import Counter
from collections.abc import Iterable

#: The walk over every page takes longest of all; then whatever drives a browser, starts servers, or tries many times.
LONG = (re.compile(r"^tests/accessibility/"), re.compile(r"^tests/(bench|leihwerk|stories)/|_(always|fuzz|races)\.py$"))


def long_files_first(nodes: Iterable[str]) -> list[str]:
    """The files of these tests; among files of a kind, those with many tests come first."""
    counted = Counter(node.partition("::")[0] for node in nodes)
    return sorted(counted, key=lambda file: (_kind(file), -counted[file]))


def _kind(file: str) -> int:
    return next((kind for kind, pattern in enumerate(LONG) if pattern.search(file)), len(LONG))
