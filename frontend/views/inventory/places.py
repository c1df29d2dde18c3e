"""Places: the list of shelves, cupboards and rooms."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.answers import see_other
from frontend.context import center_of
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import PlaceForm
from inventory import locations as places
from inventory.models import Location
from inventory.models.item import Life
from leihwerk.errors import DomainError
from people import once
from people.permissions import may, require

PAGE = "frontend/inventory/locations.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def locations(request: MemberRequest) -> HttpResponse:
    center = center_of(request)
    require(request.user, "items.see", on=center)
    rows = Location.objects.visible_to(request.user).filter(center=center)
    form = PlaceForm(sent(request))
    context = {
        "rows": rows.annotate(at_home=Count("items", Q(items__life=Life.ACTIVE))).order_by("sort_name"),
        "form": form,
        "may_keep": may(request.user, "items.keep", on=center),
    }
    if request.method != "POST" or center is None:
        return render(request, PAGE, context)
    require(request.user, "items.keep", on=center)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        once.run(lambda: places.add(center, name=form.cleaned_data["name"], by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Gespeichert."))
    return see_other("locations")


@login_required
@require_POST
def location_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """A new name; with ``remove`` the place is taken off the list."""
    location = get_object_or_404(Location.objects.visible_to(request.user), pk=pk)
    require(request.user, "items.keep", on=location)
    if "remove" in request.POST:
        once.run(lambda: places.remove(location, by=request.user))
        messages.success(request, _("Der Standort ist gelöscht."))
    elif (form := PlaceForm(request.POST)).is_valid():
        once.run(lambda: places.rename(location, name=form.cleaned_data["name"], by=request.user))
        messages.success(request, _("Gespeichert."))
    else:
        messages.error(request, " ".join(map(str, form.errors["name"])))
    return see_other("locations")
