"""A centre words a kind of letter its own way. What is written already stays as it is."""

from django.db import transaction

from people import journal
from people.errors import TextHasTroubles
from people.letters.checking import troubles
from people.letters.wording import our_text
from people.models import Center, User, Wording


def text_of(center: Center, kind: str, language: str) -> str:
    """How ``center`` words ``kind``: its own text, else ours."""
    own = Wording.objects.filter(center=center, kind=kind, language=language).first()
    return own.text if own else our_text(kind, language)


@transaction.atomic
def reword(center: Center, kind: str, language: str, text: str, *, by: User) -> Wording:
    """From the next letter on ``kind`` says ``text``. Raises TextHasTroubles."""
    text = text.replace("\r\n", "\n").strip()
    if found := troubles(kind, text):
        raise TextHasTroubles(troubles=" ".join(found))
    wording, is_new = Wording.objects.select_for_update(no_key=True).get_or_create(
        center=center, kind=kind, language=language, defaults={"text": text}
    )
    if is_new or wording.text != text:
        wording.text = text
        wording.save(update_fields=["text"])
        journal.record("wording.reworded", wording, by=by, kind=kind, language=language)
    return wording


@transaction.atomic
def reset_wording(center: Center, kind: str, language: str, *, by: User) -> None:
    """Our own text holds again. Saying it twice changes nothing."""
    own = Wording.objects.select_for_update().filter(center=center, kind=kind, language=language).first()
    if own is not None:
        journal.record("wording.reset", own, by=by, kind=kind, language=language)
        own.delete()
