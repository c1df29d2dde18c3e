"""What every page knows: whose it is, where one can go from here, and how it should look."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from frontend.navigation import Entry, entries_for
from people.models import Center
from people.permissions import may

THEME_COOKIE = "leihwerk_theme"
THEMES = ("light", "dark")
CENTER_KEY = "center"


def center_of(request: HttpRequest) -> Center | None:
    """The centre somebody acts in: the one they chose in this session, else that of their first membership."""
    centers = centers_of(request)
    chosen = request.session.get(CENTER_KEY)
    return next((center for center in centers if center.pk == chosen), centers[0] if centers else None)


def own_center(request: HttpRequest) -> Center:
    """The same for pages that make no sense without one. Raises Http404."""
    center = center_of(request)
    if center is None:
        raise Http404
    return center


def centers_of(request: HttpRequest) -> list[Center]:
    """More than one only for people who work for several centres."""
    if request.user.is_anonymous:
        return []
    return list({membership.center_id: membership.center for membership in request.user.memberships_in_force}.values())


class Page:
    """``page`` in every template; each fact is looked up when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        """What was refused before anybody was recognised (a wrong host) comes from nobody."""
        self.request = request
        if not hasattr(request, "user"):
            request.user = AnonymousUser()

    @cached_property
    def center(self) -> Center | None:
        return center_of(self.request)

    @cached_property
    def centers(self) -> list[Center]:
        return centers_of(self.request)

    @cached_property
    def navigation(self) -> list[Entry]:
        return entries_for(self.request)

    @property
    def has_team(self) -> bool:
        """True for the management of a centre."""
        return not self.request.user.is_anonymous and may(self.request.user, "members.appoint")

    @property
    def keeps_lists(self) -> bool:
        """True for who may make lists for pupils, where the centre gives its files out."""
        if self.center is None or self.center.files_given_out_at is None:
            return False
        return may(self.request.user, "licenses.use")

    @property
    def theme(self) -> str:
        """ "light" or "dark" if somebody chose it, else "" for what the system prefers."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)


def page(request: HttpRequest) -> dict[str, Any]:
    return {"page": Page(request)}
