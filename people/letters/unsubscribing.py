"""The link with which a reader ends letters of a kind, without signing in: signed, and good for these intents alone."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from people.letters.blocks import Block
from people.letters.kinds import KINDS
from people.letters.saying import link
from people.models import Intent

_SIGNER: Final = Signer(salt="people.letters.unsubscribing", sep=".")


def token_for(intents: Iterable[int]) -> str:
    """What the link in a letter that tells these intents (ids) carries."""
    return _SIGNER.sign("-".join(map(str, intents)))


def read(token: str) -> Sequence[Intent]:
    """What the letter told that its reader may end; nothing for a link that is not ours."""
    try:
        ids = [int(pk) for pk in _SIGNER.unsign(token).split("-")]
    except (BadSignature, ValueError):
        return []
    told = Intent.objects.filter(pk__in=ids).select_related("center").order_by("pk")
    return [intent for intent in told if KINDS[intent.kind].may_be_ended]


def way_out(intents: Iterable[Intent]) -> list[Block]:
    """The last line of a letter that its reader may end."""
    ended = [intent.pk for intent in intents if KINDS[intent.kind].may_be_ended]
    if not ended:
        return []
    (block,) = link(_("Nicht mehr benachrichtigen"), "unsubscribe", token_for(ended))
    return [{**block, "is_key": True, "ends": True}]
