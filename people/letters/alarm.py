"""Did anyone remind them? The alarm that looks at the tables, from outside worker and beat."""

from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Center, Letter, ReminderRun

RUN_IS_LATE_AT: Final = time(8)  # the first run of a day is at 6
LETTER_IS_LATE_AFTER: Final = timedelta(hours=2)


def troubles(now: datetime, *, center: Center | None = None) -> list[str]:
    """One sentence for each centre whose last run is missing, and one if letters do not leave the house."""
    centers = Center.objects.filter(pk=center.pk) if center else Center.objects.all()
    return [*_missing_runs(centers, now), *_stuck_letters(centers, now)]


def _missing_runs(centers: QuerySet[Center], now: datetime) -> list[str]:
    expected_on = timezone.localdate(now)
    if timezone.localtime(now).time() < RUN_IS_LATE_AT:
        expected_on -= timedelta(days=1)
    run = ReminderRun.objects.filter(center=OuterRef("pk"), day__gte=expected_on)
    return [
        _("{center}: Der Erinnerungslauf vom {day} ist ausgeblieben.").format(
            center=center, day=f"{expected_on:%d.%m.%Y}"
        )
        for center in centers.filter(reminders_since__date__lt=expected_on).exclude(Exists(run))
    ]


def _stuck_letters(centers: QuerySet[Center], now: datetime) -> list[str]:
    late = Letter.objects.to_mail().filter(center__in=centers, written_at__lt=now - LETTER_IS_LATE_AFTER)
    count = late.count()
    told = ngettext(
        "{n} Brief wartet seit mehr als zwei Stunden auf den Versand.",
        "{n} Briefe warten seit mehr als zwei Stunden auf den Versand.",
        count,
    )
    return [told.format(n=count)] if count else []
