from rest_framework.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    """``?limit=&offset=``: 50 rows unless asked otherwise, never more than 500."""

    default_limit = 50
    max_limit = 500
    limit_query_description = "How many rows at most: 50 unless asked otherwise, never more than 500."
    offset_query_description = "How many rows to leave out at the beginning."
