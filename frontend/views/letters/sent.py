"""What was sent to whom, when and by which channel; and the words of each letter."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.context import center_of
from frontend.paging import shown_page
from frontend.requests import MemberRequest
from frontend.views.letters.overview import tabs
from frontend.views.letters.standing import rows, standing_of, tellings
from people.models import Letter
from people.permissions import may, require

#: The page of what a letter is about, by the type of its subject.
PAGES = {"lending.loan": "loan", "lending.reservation": "reservation", "lending.handover": "handover"}


@login_required
@require_safe
def sent(request: MemberRequest) -> HttpResponse:
    require(request.user, "letters.see")
    letters = Letter.objects.visible_to(request.user).select_related("institution", "user", "contact")
    shown = shown_page(request, letters.filter(center=center_of(request)))
    is_staff = may(request.user, "letters.send")
    context = {"tabs": tabs(request) if is_staff else [], "shown": shown, "rows": rows(shown)}
    return render(request, "frontend/letters/sent.html", context)


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Letter.objects.visible_to(request.user).select_related("institution", "user", "contact", "done_by")
    letter = get_object_or_404(visible, pk=pk)
    told = [(it, PAGES.get(it.intent.subject_type)) for it in tellings(letter.intents.select_related("letter"))]
    is_staff = may(request.user, "letters.send", on=letter)
    context = {"letter": letter, "standing": standing_of(letter), "told": told, "is_staff": is_staff}
    return render(request, "frontend/letters/letter.html", context)
