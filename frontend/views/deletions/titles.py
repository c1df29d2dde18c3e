"""The titles of a request, page by page; and up to which of them somebody saw the list."""

from typing import Any

from django.db.models import Max
from django.http import HttpRequest

from frontend.paging import shown_page
from frontend.reading import row_id
from licenses.models import Deletion

A_PAGE = 100


def titles_of(request: HttpRequest, deletion: Deletion) -> dict[str, Any]:
    titles = deletion.titles.select_related("medium").order_by("medium__sort_title", "pk")
    return {
        "deletion": deletion,
        "titles": shown_page(request, titles, A_PAGE),
        "last": deletion.titles.aggregate(last=Max("pk"))["last"],
    }


def last_seen(request: HttpRequest) -> int:
    """Whoever sends nothing has seen nothing."""
    return row_id(request.POST.get("seen", "")) or 0
