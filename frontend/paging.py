"""Long lists in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def shown_page(request: HttpRequest, rows: Any, size: int = 24) -> "Page[Any]":
    """The page that ``?page=`` asks for; the nearest there is when it asks for nonsense."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
