"""Who tells figures of use."""

from django.db import transaction

from leihwerk.constraints import refusing
from licenses.errors import SourceNameIsTaken
from licenses.models import Provider, Source
from people import journal
from people.models import User


@transaction.atomic
def add(provider: Provider, *, name: str, by: User) -> Source:
    """A further source of ``provider``. Raises SourceNameIsTaken."""
    source = Source(center_id=provider.center_id, provider=provider, name=name)
    with refusing("source_name_is_used_once", SourceNameIsTaken(name=name)):
        source.save()
    journal.record("usage_source.created", source, by=by, provider=provider.pk)
    return source
