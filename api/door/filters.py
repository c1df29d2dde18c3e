from typing import Any

import django_filters
from django.db.models import QuerySet


class VisibleFilter(django_filters.ModelChoiceFilter):
    """By the id of a row the caller may see; any other id is as unknown as one that does not exist."""

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        seen: QuerySet[Any] = rows.visible_to(request.user) if request else rows.none()
        return seen
