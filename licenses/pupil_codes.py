"""Codes with which pupils, without an account, see what is on a list: 12 letters, to the end of the school year.

Kept is an HMAC-SHA256 with a key of this installation. A code is looked up by its digest, which rules out a salt for
each row; it has 59 random bits, so that a slow hash is not needed against lists of guesses; and whoever has a copy of
the database, but not the key, cannot even try.
"""

import re
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leihwerk.tokens import ALPHABET
from licenses import wrong_codes
from licenses.errors import OwnFilesAreOff, TooManyWrongCodes, UnknownCode
from licenses.models import MediaList, PupilCode
from people import journal
from people.models import User
from people.year_checks import school_year_of

LENGTH: Final = 12
GROUP: Final = 4
LAST_DAY: Final = (7, 31)
"""School years end on 31 July in every Land (Hamburger Abkommen, section 1)."""


@transaction.atomic
def make(media_list: MediaList, *, by: User, now: datetime | None = None) -> str:
    """A new code for a list, told once and never again; the one before opens nothing now. Raises OwnFilesAreOff,
    ListIsGone."""
    now = now or timezone.now()
    media_list = MediaList.objects.select_related("center").locked(media_list.pk)
    if media_list.center.files_given_out_at is None:
        raise OwnFilesAreOff(center=media_list.center)
    media_list.codes.standing().update(revoked_at=now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    made = PupilCode.objects.create(
        center_id=media_list.center_id,
        institution_id=media_list.institution_id,
        media_list=media_list,
        digest=next(_digests(code)),
        made_at=now,
        ends_on=end_of_school_year(timezone.localdate(now, media_list.center.zone)),
    )
    journal.record("pupil_code.made", made, by=by, media_list=media_list.pk, ends_on=made.ends_on)
    return code


@transaction.atomic
def revoke(media_list: MediaList, *, by: User, now: datetime | None = None) -> None:
    """From this moment on the list has no code; links that pupils have open nothing. Raises ListIsGone."""
    media_list = MediaList.objects.locked(media_list.pk)
    for code in media_list.codes.standing():
        code.revoked_at = now or timezone.now()
        code.save(update_fields=["revoked_at"])
        journal.record("pupil_code.revoked", code, by=by, media_list=media_list.pk)


def found(typed: str, *, address: str, now: datetime | None = None) -> PupilCode:
    """The code that somebody typed, from a network ``address``. Raises TooManyWrongCodes, UnknownCode, OwnFilesAreOff.

    What was wrong is counted, and stays so: it must not run inside a transaction that a refusal takes back.
    """
    now = now or timezone.now()
    with transaction.atomic():
        wrong_codes.in_turn()
        if wrong_codes.are_too_many(address, now):
            raise TooManyWrongCodes
        code = _behind(typed, now)
        if code is None:
            wrong_codes.note(address, now)
    if code is None:
        raise UnknownCode
    if code.media_list.center.files_given_out_at is None:
        raise OwnFilesAreOff(center=code.media_list.center)
    return code


def in_force(pk: int, *, now: datetime | None = None) -> PupilCode | None:
    """The code with this id, if it still opens something."""
    now = now or timezone.now()
    rows = PupilCode.objects.standing().filter(pk=pk, institution__closed_on__isnull=True)
    code = rows.select_related("media_list", "institution__center").first()
    if code is None or code.institution.center.files_given_out_at is None:
        return None
    return code if timezone.localdate(now, code.institution.center.zone) <= code.ends_on else None


def spoken(code: str) -> str:
    """As it is printed and read out: "ABCD-EFGH-JKLM"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def end_of_school_year(day: date) -> date:
    return date(school_year_of(day) + 1, *LAST_DAY)


def _behind(typed: str, now: datetime) -> PupilCode | None:
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    if len(letters) != LENGTH:
        return None
    known = PupilCode.objects.standing().filter(digest__in=list(_digests(letters)))
    code = known.select_related("media_list__center").first()
    if code is None or timezone.localdate(now, code.media_list.center.zone) > code.ends_on:
        return None
    return code


def _digests(code: str) -> Iterator[str]:
    """By the installation's key, then by those before it."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac("licenses.pupil_codes", code, secret=key, algorithm="sha256").hexdigest()
