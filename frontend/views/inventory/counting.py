"""Counting the parts of a thing at the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.answers import see_other
from frontend.requests import MemberRequest, sent
from inventory.fitness import working_parts
from inventory.models import Item, Part
from lending.counting import count
from people import once
from people.permissions import require


class CountForm(forms.Form):
    """One number for each line of the packing list."""

    is_filter = True

    def __init__(self, *args: Any, working: dict[Part, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"part-{part.pk}": part for part in working}
        for name, part in self.parts.items():
            self.fields[name] = forms.IntegerField(
                label=_("{name} (von {quantity})").format(name=part.name, quantity=part.quantity),
                min_value=0,
                max_value=part.quantity,
                initial=working[part],
            )

    @property
    def counted(self) -> dict[Part, int]:
        return {part: self.cleaned_data[name] for name, part in self.parts.items()}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_count(request: MemberRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).select_related("product"), pk=pk)
    require(request.user, "lending.find", on=item)
    working = working_parts(item)
    if not working:
        raise Http404
    form = CountForm(sent(request), working=working)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "frontend/inventory/item_count.html", {"item": item, "form": form}, status=status)
    once.run(lambda: count(item, form.counted, by=request.user))
    messages.success(request, _("Gezählt."))
    return see_other("item", pk=item.pk)
