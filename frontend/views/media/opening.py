"""The way out to the provider, through our own door, so that it is decided and counted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frontend.answers import see_other
from frontend.counted import is_ahead, is_counted
from frontend.requests import MemberRequest
from frontend.views.media.terms import terms_for
from licenses.models import Medium
from licenses.using import use


@login_required
@require_safe
@never_cache
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """A redirect to the provider, or back to the medium with the reason. For staff nothing is decided or counted.

    Browsers that fetch what nobody has clicked yet get nothing: a slot may be taken here.
    """
    medium = get_object_or_404(Medium.objects.visible_to(request.user).select_related("provider"), pk=pk)
    if not medium.link:
        raise Http404
    if is_ahead(request):
        return HttpResponse(status=204)
    terms = list(terms_for(request.user, medium))
    if not terms:
        return HttpResponseRedirect(medium.link)
    wanted = next((its.way for its in terms if its.is_open), terms[0].way)
    answer = use(
        medium,
        institution=wanted.institution,
        action=wanted.action,
        user=request.user,
        is_counted=is_counted(request),
    )
    if answer.is_allowed:
        return HttpResponseRedirect(medium.link)
    messages.warning(request, answer.sentence)
    return see_other("medium", medium.pk)
