"""What the law wants on every page: who runs this, what happens to data, how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from frontend.context import centers_of
from people.models import Center


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of § 10b BGG NRW with a way to complain and the Ombudsstelle."""
    return render(request, "frontend/legal/accessibility.html", {"centers": _centers(request)})


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/legal/imprint.html", {"centers": _centers(request)})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Articles 13 and 14 GDPR, as this software works."""
    return render(request, "frontend/legal/privacy.html", {"centers": _centers(request)})


def _centers(request: HttpRequest) -> list[Center]:
    """The centre one belongs to; for strangers all of this installation: their addresses are public."""
    return centers_of(request) or list(Center.objects.all())


urlpatterns = [
    path("barrierefreiheit/", accessibility, name="accessibility"),
    path("impressum/", imprint, name="imprint"),
    path("datenschutz/", privacy, name="privacy"),
]
