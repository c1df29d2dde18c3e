"""Lists of media that teachers put together for their pupils."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licenses.errors import ListIsFull, OfAnotherCenter
from licenses.models import MediaList, MediaListTitle, Medium
from people import journal
from people.models import Institution, User

MOST = 100


@transaction.atomic
def begin(institution: Institution, *, title: str, by: User, now: datetime | None = None) -> MediaList:
    """A list of ``institution`` with nothing on it yet."""
    made = MediaList.objects.create(
        center_id=institution.center_id, institution=institution, title=title, made_at=now or timezone.now()
    )
    journal.record("media_list.begun", made, by=by)
    return made


@transaction.atomic
def put_on(media_list: MediaList, medium: Medium, *, by: User) -> MediaList:
    """A second time changes nothing. Raises OfAnotherCenter, ListIsFull, ListIsGone."""
    if medium.center_id != media_list.center_id:
        raise OfAnotherCenter
    media_list = MediaList.objects.locked(media_list.pk)
    if media_list.titles.filter(medium=medium).exists():
        return media_list
    if media_list.titles.count() >= MOST:
        raise ListIsFull(most=MOST)
    MediaListTitle.objects.create(center_id=media_list.center_id, media_list=media_list, medium=medium)
    journal.record("media_list.put_on", media_list, by=by, medium=medium.pk)
    return media_list


@transaction.atomic
def take_off(media_list: MediaList, medium: Medium, *, by: User) -> MediaList:
    """From this moment on no code opens it. Raises ListIsGone."""
    media_list = MediaList.objects.locked(media_list.pk)
    if media_list.titles.filter(medium=medium).delete()[0]:
        journal.record("media_list.taken_off", media_list, by=by, medium=medium.pk)
    return media_list


@transaction.atomic
def discard(media_list: MediaList, *, by: User) -> None:
    """With its codes. A second time changes nothing."""
    known = MediaList.objects.lock().filter(pk=media_list.pk).first()
    if known is not None:
        journal.record("media_list.discarded", known, by=by)
        known.delete()
