"""What the desk hears after a scan: at most six words first, then detail (TEXTS section 3)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import Promise

from frontend.answers import fragment, see_other
from frontend.requests import MemberRequest
from leihwerk.errors import DomainError
from lending.models import Loan

LEVELS = {"success": messages.SUCCESS, "info": messages.INFO, "warning": messages.WARNING, "danger": messages.ERROR}


@dataclass(frozen=True)
class Answer:
    """``words`` in large letters, in a tone: success, info, warning or danger. ``loan`` is what was just moved;
    ``ways_out`` are further acts with the same code, as name of a field and label of its button."""

    words: str | Promise
    tone: str = "success"
    detail: str | Promise = ""
    loan: Loan | None = None
    code: str = ""
    ways_out: tuple[tuple[str, Promise], ...] = ()


def answered(request: MemberRequest, answer: Answer, part: str, context: Mapping[str, Any], page: str) -> HttpResponse:
    """For htmx the working part of the page with the answer in it; else the page again, with the words as a notice."""
    if request.htmx:
        return fragment(request, part, {**context, "answer": answer, "key": uuid.uuid4()})
    messages.add_message(request, LEVELS[answer.tone], f"{answer.words} {answer.detail}".strip())
    return see_other(page)


def go(request: MemberRequest, address: str) -> HttpResponse:
    """On to another page: htmx is told by a header."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return see_other(address)


def go_to(request: MemberRequest, name: str, *args: Any) -> HttpResponse:
    return go(request, resolve_url(name, *args))


def of_refusal(refusal: DomainError, code: str, ways_out: tuple[tuple[str, Promise], ...] = ()) -> Answer:
    tone = "warning" if ways_out else "danger"
    others = ", ".join(str(way["name"]) for way in refusal.alternatives if way["kind"] == "instead")
    return Answer(str(refusal), tone, detail=others, code=code, ways_out=ways_out)
