"""A year of use in the invented centre: more in winter, hardly any in summer, some schools keener than others."""

from datetime import date
from typing import Final

from django.utils import timezone

from licenses.counter.months import previous
from licenses.models import Medium, MonthlyUse
from licenses.usage.coverings import contracts_of, coverings
from office.demo.cast import Cast
from people.models import Institution
from people.models.institution import InstitutionKind

#: How much is used in a month, from January on, compared with the busiest.
SEASON: Final = (9, 10, 9, 6, 8, 6, 1, 3, 8, 7, 10, 7)
#: Of ten who look at a medium, how many open it; of forty, how many may not.
OPENED, OF_TEN, REFUSED_OF = 6, 10, 40


def use_media(cast: Cast) -> None:
    """Figures of the twelve months that are over, as if they had been counted."""
    schools = list(Institution.objects.filter(center=cast.center, kind=InstitutionKind.SCHOOL).order_by("pk"))
    media = list(Medium.objects.filter(center=cast.center).order_by("pk"))
    rows: list[MonthlyUse] = []
    month = previous(timezone.localdate())
    covered = coverings(cast.center, month.replace(year=month.year - 1), month)
    for _month in range(12):
        for place, medium in enumerate(media):
            if not contracts_of(covered.get(medium.pk, ()), month):
                continue
            for keen, school in enumerate(schools):
                looks = SEASON[month.month - 1] * ((place * 7 + keen * 3 + month.month) % 5) // (1 + keen % 3)
                if looks:
                    rows.append(_use(medium, school, month, looks))
        month = previous(month)
    MonthlyUse.objects.bulk_create(rows, batch_size=2000)


def _use(medium: Medium, school: Institution, month: date, looks: int) -> MonthlyUse:
    opened = looks * OPENED // OF_TEN
    return MonthlyUse(
        center_id=medium.center_id,
        institution=school,
        medium=medium,
        month=month,
        total_investigations=looks,
        unique_investigations=looks - looks // 4,
        total_requests=opened,
        unique_requests=opened - opened // 4,
        no_license=(looks * (school.pk % 4)) // REFUSED_OF,
    )
