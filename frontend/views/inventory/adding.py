"""Creating several things that are alike."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from frontend.answers import SeeOther
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.inventory.forms import AlikeForm
from inventory import items
from inventory.models import Item, Product
from leihwerk.errors import DomainError
from people import once
from people.permissions import require

PAGE = "frontend/inventory/items_create.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def items_create(request: MemberRequest, pk: int) -> HttpResponse:
    """Afterwards their labels wait to be printed."""
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    require(request.user, "items.keep", on=product)
    form = AlikeForm(sent(request), center=product.center_id)
    context = {"product": product, "form": form}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    try:
        made: list[Item] = once.run(lambda: items.add(product, by=request.user, **form.cleaned_data))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    said = ngettext("{count} Exemplar angelegt.", "{count} Exemplare angelegt.", len(made))
    messages.success(request, said.format(count=len(made)))
    query = QueryDict(mutable=True)
    query.setlist("item", [str(item.pk) for item in made])
    return SeeOther(f"{reverse('label_sheet')}?{query.urlencode()}")
