from typing import Final

from django.db import transaction

from people import journal, letters
from people.models import Center, User

KIND: Final = "desk_day"
HOURS: Final = range(5, 12)


@transaction.atomic
def set_hour(center: Center, hour: int | None, *, by: User | None) -> Center:
    """From the next open day on the list comes at ``hour`` (one of HOURS); without one, no more."""
    if hour is not None and hour not in HOURS:
        raise ValueError(hour)
    center = Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    if center.desk_day_hour != hour:
        center.desk_day_hour = hour
        center.save(update_fields=["desk_day_hour"])
        journal.record("desk_day.set", center, by=by, hour=hour)
        if hour is None:
            letters.withdraw(center, KIND)
    return center
