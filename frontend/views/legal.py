"""What the law wants on every page: who runs this, what happens to data, how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of § 10 BGG NRW with feedback and the Ombudsstelle."""
    return render(request, "frontend/legal/accessibility.html")


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/legal/imprint.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Articles 13 and 14 GDPR, as this software works."""
    return render(request, "frontend/legal/privacy.html")


urlpatterns = [
    path("barrierefreiheit/", accessibility, name="accessibility"),
    path("impressum/", imprint, name="imprint"),
    path("datenschutz/", privacy, name="privacy"),
]
