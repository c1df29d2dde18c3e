"""Packages, and the titles that come into them and go."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from leihwerk.constraints import refusing
from licenses.errors import NameIsTaken, OfAnotherCenter, TitleIsInPackageAlready
from licenses.models import Medium, Package, PackageTitle, Provider
from people import journal
from people.models import Center, User


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
def put_in(package: Package, medium: Medium, *, starts_on: date, ends_on: date | None = None, by: User) -> PackageTitle:
    """``medium`` belongs to ``package`` for these days. Raises TitleIsInPackageAlready, OfAnotherCenter."""
    if medium.center_id != package.center_id:
        raise OfAnotherCenter
    title = PackageTitle(
        center_id=package.center_id, package=package, medium=medium, starts_on=starts_on, ends_on=ends_on
    )
    with refusing("title_is_in_a_package_once_at_a_time", TitleIsInPackageAlready(title=medium.title)):
        title.save()
    journal.record("package.title_put_in", package, by=by, medium=medium.pk, starts_on=starts_on, ends_on=ends_on)
    return title


@transaction.atomic
def take_out(package: Package, medium: Medium, *, on: date, by: User) -> int:
    """From ``on`` the title is no longer in it; one that was still to come never was. How many spans that changed."""
    last_day = on - timedelta(days=1)
    titles = PackageTitle.objects.select_for_update(no_key=True).filter(package=package, medium=medium)
    never, _ = titles.filter(starts_on__gte=on).delete()
    ended = titles.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
    if never or ended:
        journal.record("package.title_taken_out", package, by=by, medium=medium.pk, on=on)
    return never + ended
