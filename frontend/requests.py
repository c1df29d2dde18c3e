"""What a view gets."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import User


class PageRequest(HttpRequest):
    """A request for a page, perhaps without sign-in."""

    htmx: HtmxDetails


class MemberRequest(PageRequest):
    """A request of somebody who is signed in (``login_required``)."""

    user: User
