"""What would be written if it were written now: the same letters, not saved. Reads only, and locks nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone

from people.letters.kinds import KINDS, Bundle
from people.letters.writing import compose
from people.models import Center, Intent, Letter

NEW = 2**62
"""Where the ids of intents begin that nobody has written down: they come after all others, as they would."""


def letters_of_now(
    center: Center, *, now: datetime, replaced: Collection[int] = (), drafts: Iterable[Intent] = ()
) -> list[Letter]:
    """Letters of ``center`` that would go out now: those that wait, and those that would be written.

    As if the intents with the ids ``replaced`` had fallen away and ``drafts`` were written down. A letter that told of
    what fell away is dissolved, and what else it told is told anew.
    """
    standing = Letter.objects.filter(center=center, sent_at=None, done_at=None, claimed_until=None)
    dissolved = set(standing.filter(intents__in=replaced).values_list("pk", flat=True))
    unwritten = Intent.objects.due(timezone.localdate(now)).filter(center=center)
    again = Intent.objects.filter(letter__in=dissolved).union(unwritten)
    told = [it for it in _with_people(again.values_list("pk", flat=True)) if it.pk not in replaced]
    groups: dict[tuple[str, Bundle], list[Intent]] = defaultdict(list)
    for intent in sorted([*told, *drafts], key=lambda it: it.pk):
        groups[intent.recipient, KINDS[intent.kind].bundle].append(intent)
    today = timezone.localdate(now)
    todays = {(it.recipient, Bundle(it.bundle)): it for it in Letter.objects.filter(center=center, day=today)}
    written = [
        letter
        for (recipient, bundle), intents in sorted(groups.items())
        if (letter := _written(todays.get((recipient, bundle)), bundle, intents, dissolved, now)) is not None
    ]
    kept = standing.exclude(pk__in=dissolved).select_related("institution", "user", "contact")
    return [*kept.order_by("pk"), *written]


def _written(
    todays: Letter | None, bundle: Bundle, intents: list[Intent], dissolved: set[int], now: datetime
) -> Letter | None:
    """None when the day's letter is out. What waits to be told in it is told together with these."""
    day = None if bundle == Bundle.NEWS else timezone.localdate(now)
    if todays is not None and todays.pk not in dissolved:
        if todays.is_out:
            return None
        dissolved.add(todays.pk)
        intents = [*_with_people(todays.intents.values_list("pk", flat=True)), *intents]
    return compose(intents, bundle=bundle, day=day, now=now)


def _with_people(ids: Iterable[int]) -> list[Intent]:
    rows = Intent.objects.filter(pk__in=list(ids)).select_related("center", "institution", "user", "contact")
    return list(rows.prefetch_related("center__wordings", "center__opening_hours").order_by("pk"))
