"""Did anyone remind them? The alarm that looks at the tables, from outside worker and beat."""

from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Center, Letter, ReminderRun

RUN_IS_LATE_AT: Final = time(8)  # the first run of a day is at 6
LETTER_IS_LATE_AFTER: Final = timedelta(hours=2)


def troubles(now: datetime, *, center: Center | None = None) -> list[str]:
    """One sentence for each centre whose last run is missing or whose own mailbox takes nothing, and one if letters do
    not leave the house."""
    centers = Center.objects.filter(pk=center.pk) if center else Center.objects.all()
    return [*_missing_runs(centers, now), *_own_mailboxes(centers), *_stuck_letters(centers, now)]


def _missing_runs(centers: QuerySet[Center], now: datetime) -> list[str]:
    expected_on = timezone.localdate(now)
    if timezone.localtime(now).time() < RUN_IS_LATE_AT:
        expected_on -= timedelta(days=1)
    last_on = ReminderRun.objects.filter(center=OuterRef("pk")).order_by("-day").values("day")[:1]  # however many
    expecting = centers.filter(reminders_since__date__lt=expected_on).annotate(last_on=Subquery(last_on))
    return [
        _("{center}: Der Erinnerungslauf vom {day} ist ausgeblieben.").format(
            center=center, day=f"{expected_on:%d.%m.%Y}"
        )
        for center in expecting.filter(Q(last_on__isnull=True) | Q(last_on__lt=expected_on))
    ]


def _own_mailboxes(centers: QuerySet[Center]) -> list[str]:
    """Nobody calls the centre about its own mail: the list of the day, above all."""
    refused = Letter.objects.refused_by_ourselves().filter(center__in=centers).order_by("center")
    told = _("{center}: Das eigene Postfach nimmt keine Mails an. Die Tagesliste steht unter »Heute«.")
    names = dict.fromkeys(str(letter.center) for letter in refused.select_related("center"))
    return [told.format(center=name) for name in names]


def _stuck_letters(centers: QuerySet[Center], now: datetime) -> list[str]:
    late = Letter.objects.to_mail().filter(center__in=centers, written_at__lt=now - LETTER_IS_LATE_AFTER)
    count = late.exclude(pk__in=Letter.objects.refused_by_ourselves().values("pk")).count()
    told = ngettext(
        "{n} Brief wartet seit mehr als zwei Stunden auf den Versand.",
        "{n} Briefe warten seit mehr als zwei Stunden auf den Versand.",
        count,
    )
    return [told.format(n=count)] if count else []
