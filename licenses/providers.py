"""Who sells or gives the right to use media."""

from django.db import transaction

from leihwerk.constraints import refusing
from licenses.errors import ProviderNameIsTaken
from licenses.models import Provider
from people import journal
from people.models import Center, User


@transaction.atomic
def add(center: Center, *, name: str, homepage: str = "", by: User) -> Provider:
    """A further provider. Raises ProviderNameIsTaken."""
    provider = Provider(center=center, name=name, homepage=homepage)
    with refusing("provider_name_is_used_once", ProviderNameIsTaken(name=name)):
        provider.save()
    journal.record("provider.created", provider, by=by)
    return provider
