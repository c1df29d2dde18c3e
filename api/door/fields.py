from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers


class VisibleField(serializers.PrimaryKeyRelatedField[Any]):
    """The id of a row the caller may see. A foreign centre's id is as unknown as one that does not exist."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(pk_field=serializers.IntegerField(min_value=1), **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        seen: QuerySet[Any] = rows.visible_to(self.context["request"].user)
        return seen
