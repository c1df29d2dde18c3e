"""GET /metrics for Prometheus: figures for whoever knows METRICS_TOKEN; without a token there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from office import operating


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    now = timezone.now()
    text = operating.as_text(operating.look(now), now=now)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


urlpatterns = [path("", metrics, name="metrics")]
