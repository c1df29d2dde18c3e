"""What comes in from outside, before a view looks at it."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

OUR_VIEWS: Final = "frontend.views."
LONGEST_ID: Final = 18  # digits that a column of ids holds whatever they are


class NoNulByte:
    """The middleware that turns away a NUL byte, in the address or in a field: PostgreSQL keeps none in a text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Mapping[str, Any]
    ) -> None:
        """Raises BadRequest."""
        if view.__module__.startswith(OUR_VIEWS):
            sent = chain([request.path], *(values for _name, values in [*request.GET.lists(), *request.POST.lists()]))
            if any("\0" in value for value in sent):
                raise BadRequest


def fields_of(request: HttpRequest) -> QueryDict:
    """What the address says, on top of it the form, on top of that a way out (``frontend.ways_out``) that was taken.

    Raises BadRequest.
    """
    fields, instead = request.GET.copy(), QueryDict(request.POST.get("instead", ""))
    if any("\0" in value for _name, values in instead.lists() for value in values):
        raise BadRequest
    for source in (request.POST, instead):
        for name, values in source.lists():
            fields.setlist(name, values)
    return fields


def row_id(typed: str | None) -> int | None:
    """The id that somebody named; None for what cannot be one."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_ID else None
