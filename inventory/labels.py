"""Labels: codes that stand for items. Our own are a QR code and a short number; foreign ones are adopted as found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inventory.errors import AmbiguousCode, CodeIsTaken, CodeTooLong, EmptyCode, LabelIsRetired, UnknownCode
from inventory.models import Item, Label
from inventory.models.item import ItemQuerySet
from leihwerk.constraints import refusing
from leihwerk.keyboards import readings
from leihwerk.tokens import short_numbers_in, tokens_in, with_check_digit
from people import journal
from people.models import Center, User

LONGEST_CODE: Final = 200


def issue(item: Item, *, by: User | None) -> Label:
    """The label to stick on ``item``: the newest of our own in use, or a new one."""
    return issue_all([item], by=by)[0]


@transaction.atomic
def issue_all(items: Iterable[Item], *, by: User | None) -> list[Label]:
    """One label for each of ``items``, in their order; new only where there is none in use."""
    wanted = [item.pk for item in items]
    locked = {item.pk: item for item in Item.objects.filter(pk__in=wanted).lock()}
    in_use = Label.objects.in_use().filter(item__in=wanted, number__isnull=False).order_by("issued_at", "pk")
    current = {label.item_id: label for label in in_use}
    bare = [item for pk, item in locked.items() if pk not in current]
    current |= {label.item_id: label for label in _make(bare, by=by)}
    return [current[pk] for pk in wanted]


@transaction.atomic
def print_out(items: Iterable[Item], *, by: User, now: datetime | None = None) -> list[Label]:
    """The labels of ``items``, noted as printed; ``label_sheets.pdf`` puts them on paper."""
    labels = issue_all(items, by=by)
    Label.objects.filter(pk__in=[label.pk for label in labels]).update(printed_at=now or timezone.now())
    faces = Label.objects.filter(pk__in=[label.pk for label in labels]).select_related("item__product", "center")
    found = {label.pk: label for label in faces}
    return [found[label.pk] for label in labels]


@transaction.atomic
def reprint(item: Item, *, by: User) -> Label:
    """A further label, because the old one is worn or lost. The old one stays valid until it is retired."""
    return _make([Item.objects.lock().get(pk=item.pk)], by=by)[0]


@transaction.atomic
def adopt(item: Item, code: str, *, by: User) -> Label:
    """Let ``code``, which another system stuck on the thing, stand for ``item`` from now on.

    Raises EmptyCode, CodeTooLong, and CodeIsTaken when it already means another item of the centre.
    """
    code = readings(code)[0]
    if not code:
        raise EmptyCode
    if len(code) > LONGEST_CODE:
        raise CodeTooLong(most=LONGEST_CODE)
    item = Item.objects.lock().get(pk=item.pk)
    for known in items_meant(code, among=Item.objects.filter(center=item.center_id)):
        raise CodeIsTaken(item=known)
    with refusing("foreign_code_stands_for_one_item", CodeIsTaken(item=_("ein anderes Exemplar"))):
        label = Label.objects.create(center_id=item.center_id, item=item, foreign_code=code)
    journal.record("label.adopted", item, by=by, label=label.pk)
    return label


@transaction.atomic
def retire(label: Label, *, by: User, now: datetime | None = None) -> Label:
    """The code stands for nothing any more. Raises LabelIsRetired when it already does."""
    label = Label.objects.lock().get(pk=label.pk)
    if label.retired_at is not None:
        raise LabelIsRetired
    label.retired_at = now or timezone.now()
    label.save(update_fields=["retired_at"])
    journal.record("label.retired", label.item, by=by, label=label.pk)
    return label


def items_meant(typed: str, *, among: ItemQuerySet) -> list[Item]:
    """The items that ``typed`` can mean: by label, by adopted code, by inventory number. Normally one or none."""
    as_label = Q(token__in=tokens_in(typed)) | Q(number__in=short_numbers_in(typed))
    as_number = Q(pk__in=[])
    for reading in filter(None, readings(typed)):
        as_label |= Q(foreign_code__iexact=reading)
        as_number |= Q(asset_number__iexact=reading)
    labelled = Label.objects.in_use().filter(as_label).order_by().values("item")
    numbered = among.filter(as_number).order_by().values("pk")
    return list(among.filter(pk__in=labelled.union(numbered)).select_related("product"))


def item_for(typed: str, center: Center) -> Item:
    """The one item of ``center`` that ``typed`` means. Raises UnknownCode, AmbiguousCode."""
    meant = items_meant(typed, among=Item.objects.filter(center=center))
    if not meant:
        raise UnknownCode
    if len(meant) > 1:
        raise AmbiguousCode
    return meant[0]


def label_for(typed: str) -> Label | None:
    """The label of our own, of any centre and even when retired, whose token or short number was typed."""
    own = Q(token__in=tokens_in(typed)) | Q(number__in=short_numbers_in(typed))
    return Label.objects.filter(own).select_related("item__product", "center").first()


def behind(address: str) -> Label | None:
    """The label in use whose address this is. A short number is none: it could be counted up."""
    own = Label.objects.in_use().filter(token__in=tokens_in(address))
    return own.select_related("item__product", "center").first()


def address(label: Label) -> str:
    """What the QR code says. In capitals where the address bears it: that makes the code a size smaller."""
    base: str = settings.BASE_URL
    has_path = "/" in base.removeprefix("https://").removeprefix("http://")
    return f"{base}/e/{label.token}" if has_path else f"{base}/e/{label.token}".upper()


def _make(items: list[Item], *, by: User | None) -> list[Label]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('inventory_label', 'id')) FROM generate_series(1, %s)", [len(items)]
        )
        serials = [serial for (serial,) in cursor.fetchall()]
    labels = Label.objects.bulk_create(
        Label(pk=serial, center_id=item.center_id, item=item, number=with_check_digit(serial))
        for serial, item in zip(serials, items, strict=True)
    )
    journal.record_all("label.issued", ((label.item, {"label": label.pk}) for label in labels), by=by)
    return labels
