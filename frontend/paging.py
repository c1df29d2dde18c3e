"""Long lists in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def shown_page(request: HttpRequest, rows: Any, size: int = 24, *, name: str = "page") -> "Page[Any]":
    """The page that ``?page=`` asks for; the nearest there is when it asks for nonsense.

    ``name``: where several lists stand on a page, what this one's page is called in the address.
    """
    shown = Paginator(rows, size).get_page(request.GET.get(name))
    shown.asked_as = name  # type: ignore[attr-defined]  # for _pagination.html
    return shown
