from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people import journal
from people.models import Center, User


@transaction.atomic
def switch_on(center: Center, *, by: User, now: datetime | None = None) -> Center:
    """Erinnerungen einschalten: from now on the run looks at this centre's loans. Twice changes nothing."""
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    if center.reminders_since is None:
        center.reminders_since = now or timezone.now()
        center.save(update_fields=["reminders_since"])
        journal.record("reminders.switched_on", center, by=by)
    return center


@transaction.atomic
def switch_off(center: Center, *, by: User) -> Center:
    """From now on nothing is intended; what is written already still goes out. Twice changes nothing."""
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    if center.reminders_since is not None:
        center.reminders_since = None
        center.save(update_fields=["reminders_since"])
        journal.record("reminders.switched_off", center, by=by)
    return center
