"""Where things are at home: shelves, cupboards, rooms."""

from django.db import transaction

from inventory.errors import LocationIsInUse, LocationNameIsTaken
from inventory.models import Location
from leihwerk.constraints import refusing
from people import journal
from people.models import Center, User


@transaction.atomic
def add(center: Center, *, name: str, by: User) -> Location:
    """Raises LocationNameIsTaken."""
    location = Location(center=center, name=name)
    with refusing("location_name_is_used_once", LocationNameIsTaken(name=name)):
        location.save()
    journal.record("location.created", location, by=by)
    return location


@transaction.atomic
def rename(location: Location, *, name: str, by: User) -> Location:
    """Raises LocationNameIsTaken."""
    location = Location.objects.lock().get(pk=location.pk)
    location.name = name
    with refusing("location_name_is_used_once", LocationNameIsTaken(name=name)):
        location.save(update_fields=["name"])
    journal.record("location.renamed", location, by=by)
    return location


@transaction.atomic
def remove(location: Location, *, by: User) -> None:
    """Take an empty place off the list. Raises LocationIsInUse while things are at home there."""
    location = Location.objects.lock().get(pk=location.pk)
    at_home = location.items.count()
    if at_home:
        raise LocationIsInUse(name=location.name, count=at_home)
    journal.record("location.removed", location, by=by)
    location.delete()
