"""Founding a centre, and naming who runs the installation: the operator's verbs."""

from datetime import time
from typing import Final

from django.db import transaction

from people import journal
from people.errors import SlugIsTaken
from people.models import Center, Institution, OpeningHours, User
from people.models.institution import Channel, InstitutionKind

WORKING_DAYS: Final = range(5)


@transaction.atomic
def found(slug: str, *, name: str, by: User | None, **facts: str) -> Center:
    """A new media centre: open on working days from 8 to 16 until it says otherwise, and an institution of its own,
    in whose name it uses its own things. ``facts`` are columns of the centre. Raises SlugIsTaken.
    """
    center, is_new = Center.objects.get_or_create(slug=slug, defaults={"name": name, **facts})
    if not is_new:
        raise SlugIsTaken(slug=slug)
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=day, opens=time(8), closes=time(16)) for day in WORKING_DAYS
    )
    Institution.objects.create(
        center=center,
        kind=InstitutionKind.INTERNAL,
        name=name,
        email=center.email,
        phone=center.phone,
        street=center.street,
        postal_code=center.postal_code,
        city=center.city,
        channel=Channel.MAIL if center.email else Channel.PHONE,
    )
    journal.record("center.founded", center, by=by)
    return center


@transaction.atomic
def name_operator(user: User, *, by: User | None) -> User:
    """``user`` keeps this installation running; that shows them no content of any centre."""
    user.is_operator = True
    user.save(update_fields=["is_operator"])
    journal.record("operator.named", user, by=by, person=user)
    return user
