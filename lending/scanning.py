"""Whatever a scanner can send becomes the thing it stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory import labels
from inventory.errors import AmbiguousCode, LabelIsRetired, UnknownCode
from inventory.models import Item
from inventory.models.item import ItemQuerySet
from leihwerk.keyboards import readings
from leihwerk.tokens import is_mistyped, tokens_in
from lending.models import Handover, Reservation
from people.models import Center, Institution, Membership, User
from people.models.user import AnyUser
from people.permissions import may


class Kind(StrEnum):
    ITEM = "item"
    RESERVATION = "reservation"
    SLIP = "slip"
    INSTITUTION = "institution"
    PERSON = "person"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Found:
    """What a code stands for. ``object`` is the item, reservation, handover (of a slip), institution or user; for a
    foreign code the centre that owns it; None for an unknown one. ``sentence`` says why nothing can be done with it.
    """

    kind: Kind
    object: Model | None = None
    sentence: str | Promise = ""

    @property
    def is_known(self) -> bool:
        return self.kind not in {Kind.FOREIGN, Kind.UNKNOWN}


#: "R-2481" and "L-771", also without the dash, with blanks, and behind whatever a scanner sends first.
NUMBER: Final = re.compile(r"(?:^|[^A-Z])([LR])[ \-–]{0,3}0*([0-9]{1,15})$")
MISTYPED: Final = _("Diese Nummer stimmt nicht. Bitte lesen Sie sie noch einmal vom Etikett ab.")
FOREIGN: Final = _("Gehört {center}.")


def resolve(typed: str, *, user: AnyUser, items: ItemQuerySet | None = None) -> Found:
    """The thing ``typed`` stands for, as far as ``user`` may see it. An item is read from ``items``, which may bring
    along what the caller shows of it.

    Label addresses, bare tokens, short numbers, inventory numbers and adopted codes mean items; "R-2481" a
    reservation, "L-771" a slip; institutions and persons have tokens of their own. Staff are told whose a foreign
    code is; to everybody else foreign and unknown codes are the same.
    """
    meant = labels.items_meant(typed, among=(Item.objects.all() if items is None else items).visible_to(user))
    if len(meant) > 1:
        return Found(Kind.UNKNOWN, sentence=AmbiguousCode.sentence)
    if meant:
        return Found(Kind.ITEM, meant[0])
    for found in (_numbered(typed, user), _person_or_institution(typed, user)):
        if found is not None:
            return found
    owner = _owner(typed) if may(user, "items.see") else None
    if owner is not None and not may(user, "items.see", on=owner):
        return Found(Kind.FOREIGN, owner, str(FOREIGN).format(center=owner))
    return Found(Kind.UNKNOWN, sentence=_reason(typed, is_ours=owner is not None))


def _numbered(typed: str, user: AnyUser) -> Found | None:
    for letter, pk in numbers_in(typed):
        if letter == "R":
            reservation = Reservation.objects.visible_to(user).filter(pk=pk).first()
            if reservation is not None:
                return Found(Kind.RESERVATION, reservation)
        else:
            handover = Handover.objects.visible_to(user).filter(pk=pk).first()
            if handover is not None:
                return Found(Kind.SLIP, handover)
    return None


def _person_or_institution(typed: str, user: AnyUser) -> Found | None:
    tokens = tokens_in(typed)
    if not tokens:
        return None
    institution = Institution.objects.visible_to(user).filter(token__in=tokens).first()
    if institution is not None:
        return Found(Kind.INSTITUTION, institution)
    seen = Membership.objects.visible_to(user).values("user")
    person = User.objects.filter(token__in=tokens, pk__in=seen).first()
    return Found(Kind.PERSON, person) if person is not None else None


def _owner(typed: str) -> Center | None:
    """The centre of a label, slip, reservation or institution; never of a person."""
    label = labels.label_for(typed)
    if label is not None:
        return label.center
    institution = Institution.objects.filter(token__in=tokens_in(typed)).select_related("center").first()
    if institution is not None:
        return institution.center
    for letter, pk in numbers_in(typed):
        numbered = (Reservation if letter == "R" else Handover).objects.filter(pk=pk).select_related("center").first()
        if numbered is not None:
            return numbered.center
    return None


def _reason(typed: str, *, is_ours: bool) -> str | Promise:
    if is_ours:
        return LabelIsRetired.sentence
    return MISTYPED if is_mistyped(typed) else UnknownCode.sentence


def numbers_in(typed: str) -> Iterator[tuple[str, int]]:
    """Letter and number of each reading of ``typed`` that ends like the number of a slip or a reservation."""
    for reading in readings(typed):
        found = NUMBER.search(reading.upper())
        if found:
            yield found.group(1), int(found.group(2))
