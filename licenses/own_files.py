"""Files of the centre's own store are given out only where the centre said so: in North Rhine-Westphalia schools play
media in the Bildungsmediathek NRW."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people import journal
from people.models import Center, User


@transaction.atomic
def give_out(center: Center, *, by: User, now: datetime | None = None) -> Center:
    """From now on, to whom a licence permits it."""
    return _set(center, now or timezone.now(), by)


@transaction.atomic
def keep_back(center: Center, *, by: User) -> Center:
    """No more; links that are on their way open nothing from this moment on."""
    return _set(center, None, by)


def _set(center: Center, since: datetime | None, by: User) -> Center:
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    if (center.files_given_out_at is None) != (since is None):
        center.files_given_out_at = since
        center.save(update_fields=["files_given_out_at"])
        journal.record("own_files.given_out" if since else "own_files.kept_back", center, by=by)
    return center
