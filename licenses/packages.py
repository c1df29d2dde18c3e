"""Packages, and the titles that come into them and go."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from leihwerk.constraints import refusing
from licenses.errors import NameIsTaken, OfAnotherCenter, TitleGoesBeforeItComes, TitleIsInPackageAlready
from licenses.models import Medium, Package, PackageTitle, Provider
from people import journal
from people.models import Center, User

BATCH = 1000


@transaction.atomic
def add(center: Center, *, provider: Provider, name: str, by: User) -> Package:
    """A package of ``center``, so far without titles. Raises NameIsTaken, OfAnotherCenter."""
    if provider.center_id != center.pk:
        raise OfAnotherCenter
    package = Package(center=center, provider=provider, name=name)
    with refusing("package_name_is_used_once", NameIsTaken(name=name)):
        package.save()
    journal.record("package.added", package, by=by)
    return package


@transaction.atomic
def edit(package: Package, *, provider: Provider, name: str, by: User) -> Package:
    """Call it something else, or give it another provider. Raises NameIsTaken, OfAnotherCenter."""
    package = _locked(package)
    if provider.center_id != package.center_id:
        raise OfAnotherCenter
    package.provider, package.name = provider, name
    with refusing("package_name_is_used_once", NameIsTaken(name=name)):
        package.save(update_fields=["provider", "name"])
    journal.record("package.changed", package, by=by, provider=provider.pk)
    return package


@transaction.atomic
def put_in(package: Package, medium: Medium, *, starts_on: date, ends_on: date | None = None, by: User) -> PackageTitle:
    """``medium`` belongs to ``package`` for these days.

    Raises TitleIsInPackageAlready, TitleGoesBeforeItComes, OfAnotherCenter.
    """
    if not put_in_all(package, [medium], starts_on=starts_on, ends_on=ends_on, by=by):
        raise TitleIsInPackageAlready(title=medium.title)
    return package.titles.get(medium=medium, starts_on=starts_on)


@transaction.atomic
def put_in_all(
    package: Package, media: Collection[Medium], *, starts_on: date, ends_on: date | None = None, by: User
) -> list[Medium]:
    """Those of ``media`` that were not in it on any of these days, and belong to it now. Raises
    TitleGoesBeforeItComes, OfAnotherCenter."""
    package = _locked(package)
    if ends_on is not None and ends_on < starts_on:
        raise TitleGoesBeforeItComes
    if any(medium.center_id != package.center_id for medium in media):
        raise OfAnotherCenter
    inside = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    if ends_on is not None:
        inside &= Q(starts_on__lte=ends_on)
    there = set(package.titles.filter(inside, medium__in=list(media)).values_list("medium", flat=True))
    coming = [medium for medium in dict.fromkeys(media) if medium.pk not in there]
    PackageTitle.objects.bulk_create(
        (
            PackageTitle(
                center_id=package.center_id, package=package, medium=medium, starts_on=starts_on, ends_on=ends_on
            )
            for medium in coming
        ),
        batch_size=BATCH,
    )
    if coming:
        ids = [medium.pk for medium in coming]
        journal.record("package.titles_put_in", package, by=by, media=ids, starts_on=starts_on, ends_on=ends_on)
    return coming


@transaction.atomic
def take_out(package: Package, medium: Medium, *, on: date, by: User) -> int:
    """From ``on`` the title is no longer in it; one that was still to come never was. How many spans that changed."""
    return len(take_out_all(package, [medium], on=on, by=by))


@transaction.atomic
def take_out_all(package: Package, media: Collection[Medium], *, on: date, by: User) -> set[int]:
    """From ``on`` none of ``media`` is in it any more. The ids of those that were, or would have been."""
    package, last_day = _locked(package), on - timedelta(days=1)
    titles = package.titles.filter(medium__in=list(media))
    never = titles.filter(starts_on__gte=on)
    ending = titles.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day), starts_on__lt=on)
    gone = {*never.values_list("medium", flat=True), *ending.values_list("medium", flat=True)}
    never.delete()
    ending.update(ends_on=last_day)
    if gone:
        journal.record("package.titles_taken_out", package, by=by, media=sorted(gone), on=on)
    return gone


def _locked(package: Package) -> Package:
    return Package.objects.select_for_update(no_key=True, of=("self",)).get(pk=package.pk)
