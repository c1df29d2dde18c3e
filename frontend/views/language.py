"""In which language and which light somebody reads."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from frontend.answers import see_other, way_back
from frontend.context import CENTER_KEY, THEME_COOKIE, THEMES
from frontend.reading import row_id

A_YEAR = 365 * 24 * 3600


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Light or dark; anything else: what the system prefers."""
    answer = see_other(way_back(request, "home"))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(
            THEME_COOKIE, theme, max_age=A_YEAR, httponly=True, secure=request.is_secure(), samesite="Lax"
        )
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer


@require_POST
def act_in_center(request: HttpRequest) -> HttpResponse:
    """Somebody who works for several centres goes over to another; only one of their own counts."""
    if chosen := row_id(request.POST.get("center")):
        request.session[CENTER_KEY] = chosen
    return see_other("home")


urlpatterns = [
    path("sprache/", set_language, name="set_language"),
    path("darstellung/", appearance, name="appearance"),
    path("medienzentrum/", act_in_center, name="act_in_center"),
]
