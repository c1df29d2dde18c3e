"""The pages of letters, with something on each, looked at by axe: light and dark, phone and desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lending.handovers import finish, hand_over, open_handover
from lending.reminders import switch_on
from people import letters
from people.letters import writing
from people.models import Contact, Letter, Membership
from tests.frontend import test_accessibility as axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
browser = axe.browser


@pytest.fixture
def paths(center, north, anna, manager, case) -> list[str]:
    """Something to release, to print, to call, to come, and sent."""
    north.street, north.name = "Nordweg 1", axe.LONG
    north.save()
    switch_on(center, by=manager, now=timezone.now() - timedelta(days=30))
    facts = {"product": "VR-Koffer", "asset_number": "MZ-0007", "due_at": timezone.now()}
    about = Membership.objects.get(user=anna)
    for channel in ("print", "phone"):
        made = Contact.objects.create(center=center, institution=north, name="Frau Kreide", channel=channel, phone="1")
        letters.intend("overdue_1", about, made, **facts)
    letters.intend("overdue_2", about, anna, **facts)
    letters.intend("overdue_3", about, None, **facts)
    writing.write()
    handover = open_handover(north, by=manager, responsible=anna, due_at=timezone.now() + timedelta(days=8))
    hand_over(handover, case.items.get(), by=manager)
    finish(handover, by=manager)
    names = ("letters", "letters_sent", "letters_to_print", "letters_to_call", "demo_mail")
    return [*map(reverse, names), reverse("letter", args=[Letter.objects.get(user=anna).pk])]


def test_no_page_of_letters_shuts_anybody_out(live_server, browser, paths, manager, settings):
    settings.DEMO, settings.EMAIL_BACKEND = True, "django.core.mail.backends.filebased.EmailBackend"
    page = browser.new_page(locale="de-DE")
    axe.sign_in(page, live_server.url, manager.email)
    problems = []
    for path in paths:
        page.goto(live_server.url + path)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            problems += [f"{path} {width}: scrolls sideways" for _ in range(axe.overflow(page))]
            for light in ("light", "dark"):
                page.emulate_media(color_scheme=light, reduced_motion="reduce")
                problems += [f"{path} {width} {light}: {found}" for found in axe.violations(page)]

    assert not problems, "\n".join(problems)
