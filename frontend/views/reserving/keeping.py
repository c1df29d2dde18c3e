"""What was filled in is found again by whoever went back to the catalogue for more, and by nobody else.

It lies in the session under a name that the address of the selection carries along (``Selection.draft``). A reservation
that is begun anew has another address: what was written for one that was left unfinished never appears in it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.http import HttpRequest
from django.utils.crypto import get_random_string

from frontend.selection import Selection

NAME: Final = "reserving"
FIELDS: Final = ("institution", "purpose", "delivery", "repeat", "until")
LONGEST: Final = 200


def keep(request: HttpRequest, said: Mapping[str, str], selection: Selection) -> Selection:
    """The selection by whose address it is found again."""
    draft = get_random_string(8, "abcdefghijklmnopqrstuvwxyz0123456789")
    filled_in = {name: said[name][:LONGEST] for name in FIELDS if name in said}
    request.session[NAME] = {"draft": draft, "filled_in": filled_in}
    return replace(selection, draft=draft)


def find_again(request: HttpRequest, selection: Selection) -> Mapping[str, str]:
    """What was filled in beside this selection; what belongs to another one is forgotten."""
    kept = request.session.get(NAME)
    if kept and kept.get("draft") == selection.draft:
        filled_in: Mapping[str, str] = kept["filled_in"]
        return filled_in
    if kept and request.method != "POST":
        forget(request)
    return {}


def forget(request: HttpRequest) -> None:
    """It was sent, or left unfinished."""
    request.session.pop(NAME, None)
