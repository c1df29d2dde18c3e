"""What a view gets."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from people.models import User


class PageRequest(HttpRequest):
    """A request for a page, perhaps without sign-in."""

    htmx: HtmxDetails


class MemberRequest(PageRequest):
    """A request of somebody who is signed in (``login_required``)."""

    user: User


def sent(request: HttpRequest) -> QueryDict | None:
    """The fields of the form that came, be it empty; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None
