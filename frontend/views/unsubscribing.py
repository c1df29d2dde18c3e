"""Nicht mehr benachrichtigen: the page behind the last line of a mail, and the one click of a mail program (RFC 8058).

Looking changes nothing. A mail program posts without a cookie and without a token of ours, so this form has none: the
signed address is all that anybody can prove.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lending import desk_day
from lending.unsubscribing import unsubscribe as end
from people.letters import unsubscribing
from people.letters.kinds import KINDS
from people.once import run

PAGE = "frontend/letters/unsubscribe.html"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    told = unsubscribing.read(token)
    is_done = request.method == "POST" and bool(told)
    if is_done:
        run(lambda: [end(intent) for intent in told])
    kinds = sorted({intent.kind for intent in told})
    context = {
        "center": told[0].center if told else None,
        "gives_up_waiting": "reservation_free" in kinds,
        "is_desk_day": desk_day.KIND in kinds,
        "is_known": bool(told),
        "is_done": is_done,
        "titles": [KINDS[kind].title for kind in kinds],
    }
    answer = render(request, PAGE, context, status=200 if told else 404)
    answer["X-Robots-Tag"] = "noindex"
    return answer


urlpatterns = [path("abbestellen/<str:token>/", unsubscribe, name="unsubscribe")]
