"""The schema and its browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView

schema = SpectacularAPIView.as_view()


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI from our own files, started by a script of our own: no inline code, no third party."""
    return render(request, "api/docs.html")
