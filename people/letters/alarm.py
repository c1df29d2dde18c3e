"""Did anyone remind them? The alarm that looks at the tables, from outside worker and beat."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Center, Letter, ReminderRun

RUN_IS_LATE_AT: Final = time(8)  # the first run of a day is at 6
LETTER_IS_LATE_AFTER: Final = timedelta(hours=2)


def troubles(now: datetime) -> list[str]:
    """One sentence for each centre whose last run is missing, and one if letters do not leave the house."""
    expected_on = timezone.localdate(now)
    if timezone.localtime(now).time() < RUN_IS_LATE_AT:
        expected_on -= timedelta(days=1)
    told = [
        _("{center}: Der Erinnerungslauf vom {day:%d.%m.%Y} ist ausgeblieben.").format(center=center, day=expected_on)
        for center in Center.objects.filter(reminders_since__date__lt=expected_on)
        if not ReminderRun.objects.filter(center=center, day__gte=expected_on).exists()
    ]
    late = Letter.objects.to_mail().filter(written_at__lt=now - LETTER_IS_LATE_AFTER)
    if count := late.count():
        told.append(_("{count} Briefe warten seit mehr als zwei Stunden auf den Versand.").format(count=count))
    return told
