from rest_framework.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    """``?limit=&offset=``: 50 rows unless asked otherwise, never more than 500."""

    default_limit = 50
    max_limit = 500
