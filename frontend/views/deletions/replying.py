"""The page behind the link in the letter: gelöscht oder nie gespeichert. Nobody signs in.

Looking at it changes nothing, for mail servers look, too; only what is sent from it does.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.views.deletions.titles import last_seen, titles_of
from leihwerk.errors import DomainError
from licenses import deleting
from licenses.deleting import links
from licenses.models import Deletion
from people import once


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deletion_reply(request: HttpRequest, token: str) -> HttpResponse:
    deletion = links.read(token)
    if deletion is None:
        return _hidden(render(request, "frontend/deletions/over.html", status=404))
    if request.method != "POST":
        return _page(request, deletion)
    try:
        once.run(lambda: deleting.confirm(deletion, by=None, seen=last_seen(request)))
    except DomainError as refusal:
        if refusal.is_transient:
            raise
        return _page(request, deletion, refusal=refusal)
    messages.success(request, _("Danke. Das gilt für Ihre ganze Einrichtung; daran erinnern wir nicht mehr."))
    return _hidden(see_other("deletion_reply", token=token))


def _page(request: HttpRequest, deletion: Deletion, *, refusal: DomainError | None = None) -> HttpResponse:
    context = {**titles_of(request, deletion), "center": deletion.center, "refusal": refusal}
    return _hidden(render(request, "frontend/deletions/reply.html", context, status=refusal.status if refusal else 200))


def _hidden(answer: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine keeps it, and no other page is told it."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer
