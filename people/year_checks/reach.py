"""Whom the question reaches."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q

from people.letters.addressing import Recipient
from people.models import Center, Institution, YearCheck
from people.models.institution import Channel

FIRST_MONTH: Final = 8  # school years begin on 1 August in every Land (Hamburger Abkommen, § 1)


@dataclass(frozen=True)
class Reached:
    """Who would be asked now: schools with people, by mail; and those that have to be called instead."""

    schools: list[Institution]
    without_mail: list[Institution]
    people: int


def school_year_of(day: date) -> int:
    """The year in which the school year of ``day`` began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def reached(center: Center, *, today: date) -> Reached:
    """Open institutions for which somebody acts, and which were not asked in this school year."""
    asked = YearCheck.objects.filter(center=center, school_year=school_year_of(today)).values("institution")
    acting = Q(memberships__activated_at__isnull=False, memberships__ended_at__isnull=True)
    schools = Institution.objects.filter(center=center).joinable().exclude(pk__in=asked)
    found = schools.annotate(people=Count("memberships", filter=acting)).filter(people__gt=0)
    people_at = dict(found.values_list("pk", "people"))
    by_mail = [it for it in found if Recipient(None, None, it).channel == Channel.MAIL]
    without_mail = [it for it in found if it not in by_mail]
    return Reached(list(by_mail), list(without_mail), sum(people_at[it.pk] for it in by_mail))
