"""Files of the centre's own store: whether schools get them, and which there are."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.context import own_center
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from licenses import own_files as verbs
from licenses.models import Medium
from people import once
from people.permissions import may, require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_files(request: MemberRequest) -> HttpResponse:
    center = own_center(request)
    require(request.user, "licenses.keep" if request.method == "POST" else "licenses.see", on=center)
    if request.method == "POST":
        if request.POST.get("give_out") == "yes":
            once.run(lambda: verbs.give_out(center, by=request.user))
            messages.success(request, _("Schulen sehen und laden eigene Dateien jetzt hier."))
        else:
            once.run(lambda: verbs.keep_back(center, by=request.user))
            messages.success(request, _("Eigene Dateien werden nicht mehr herausgegeben. Auch offene Links enden."))
        return see_other("own_files")
    media = Medium.objects.visible_to(request.user).filter(center=center).exclude(file="")
    context = {
        "center": center,
        "shown": shown_page(request, media.select_related("provider"), 50),
        "may_keep": may(request.user, "licenses.keep", on=center),
    }
    return render(request, "frontend/licenses/own_files.html", context)
