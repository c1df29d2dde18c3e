"""The link in the letter: signed, for one request. It is a key for whoever has the letter, and opens nothing else."""

from typing import Final

from django.core.signing import BadSignature, Signer

from licenses.models import Deletion

_SIGNER: Final = Signer(salt="licenses.deleting", sep=".")


def token_for(deletion: int) -> str:
    """What the link to the request with this id carries."""
    return _SIGNER.sign(str(deletion))


def read(token: str) -> Deletion | None:
    """The request behind a link; None if we never asked it, or the institution is closed."""
    try:
        asked = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Deletion.objects.select_related("center", "institution").filter(pk=asked).first()
    return None if found is None or found.institution.closed_on else found
