"""An edit of the rules: alone, remembered, and followed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from lending import fence
from lending.rules.editions import as_it_is
from lending.rules.following import follow
from people.models import Center


@contextmanager
def edited(center: Center) -> Iterator[None]:
    """Around an edit of the rules: nobody plans meanwhile, and the calendar as it was is kept if it is replaced.

    As soon as the edit is committed everything open follows; what that run does not finish, the timetable does.
    """
    fence.have_alone(center.pk)
    version = fence.version_of(center.pk)
    edition = as_it_is(center, version)
    yield
    if fence.version_of(center.pk) != version:
        edition.save()
        transaction.on_commit(partial(follow, center), robust=True)
