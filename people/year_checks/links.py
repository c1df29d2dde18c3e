"""The link in the letter: signed, for one question, as long as it can be answered."""

from datetime import date
from typing import Final

from django.core.signing import BadSignature, Signer

from people.models import YearCheck

_SIGNER: Final = Signer(salt="people.year_checks", sep=".")


def token_for(check: int) -> str:
    """What the link to the question with this id carries."""
    return _SIGNER.sign(str(check))


def read(token: str, *, today: date) -> YearCheck | None:
    """The question behind a link; None if we never asked it, or its time is over."""
    try:
        asked = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    check = YearCheck.objects.select_related("center", "institution").filter(pk=asked).first()
    return None if check is None or check.is_over(today) or check.institution.closed_on else check
