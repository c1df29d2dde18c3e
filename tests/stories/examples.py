"""Things to look at in the demo's house, and what it lacks to be lively everywhere."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from inventory.models import Item, Label, Part, Product
from lending.findings import find_missing
from lending.handovers import add_extra, hand_over, open_handover
from lending.models import Handover, Loan, Outage, Reservation, State
from people import uploads
from people.models import Contact, Institution, Letter, Upload, User

TABLE = "Schulnummer;Schulname;Strasse;PLZ;Ort\n100001;Grundschule Nord;Nordstr. 1;12345;Musterstadt\nfalsch;;;;\n"


def enliven() -> None:
    """An open slip with a loan and an extra, something missing, an upload, and a second factor for the head."""
    desk, manager = who("theke"), who("leitung")
    now = timezone.now()
    school = who("lehrkraft").memberships.get().institution
    slip = open_handover(school, by=desk, due_at=now + timedelta(days=3))
    hand_over(slip, Item.objects.lendable().filter(center=school.center, allocation=None).first(), by=desk)
    add_extra(slip, name="Verlängerungskabel", by=desk)
    find_missing(Loan.objects.get(**returned_case()), {}, note="Ein Kratzer auf dem Deckel", by=desk)
    uploads.keep(school.center, by=manager, kind="schulen", name="schulen.csv", content=TABLE.encode(), choices={})
    TOTP.activate(manager, generate_totp_secret())
    RecoveryCodes.activate(manager)


def who(login: str) -> User:
    return User.objects.get(email=f"{login}@demo.example")


def of(thing: Any) -> dict[str, Any]:
    assert thing is not None
    return {"pk": thing.pk}


def label() -> dict[str, Any]:
    return {"code": Label.objects.latest("pk").token}


def next_week() -> str:
    day = timezone.localdate()
    return f"starts_on={day + timedelta(days=14)}&ends_on={day + timedelta(days=16)}"


def _with_parts() -> Product:
    return Product.objects.get(pk=Part.objects.order_by("product").values("product")[:1])


def product() -> dict[str, Any]:
    return of(_with_parts())


def room() -> dict[str, Any]:
    return of(Product.objects.filter(kind="room").first())


def selection() -> str:
    return f"{next_week()}&item={_with_parts().pk}x2"


def own_request() -> dict[str, Any]:
    return of(Reservation.objects.filter(responsible=who("lehrkraft"), state=State.REQUESTED).first())


def own_lent() -> dict[str, Any]:
    return of(Reservation.objects.filter(responsible=who("lehrkraft"), handovers__isnull=False).first())


def own_loan() -> dict[str, Any]:
    return of(Loan.objects.filter(responsible=who("lehrkraft")).latest("pk"))


def for_institution() -> str:
    return f"einrichtung={institution()['pk']}"


def open_slip() -> dict[str, Any]:
    return of(Handover.objects.get(finished_at=None))


def finished_slip() -> dict[str, Any]:
    return of(Handover.objects.exclude(finished_at=None).filter(extras__isnull=False).first())


def returned_case() -> dict[str, Any]:
    return of(Loan.objects.filter(returned_at__isnull=False, item__product__parts__isnull=False).latest("returned_at"))


def overdue_loan() -> dict[str, Any]:
    return of(Loan.objects.overdue(timezone.now()).earliest("due_at"))


def two_items() -> str:
    return "&".join(f"item={it.pk}" for it in Item.objects.filter(product=_with_parts())[:2])


def item() -> dict[str, Any]:
    return of(Item.objects.filter(product=_with_parts()).earliest("pk"))


def broken_item() -> dict[str, Any]:
    return of(Outage.objects.latest("pk").item)


def institution() -> dict[str, Any]:
    return of(who("lehrkraft").memberships.get().institution)


def contact() -> dict[str, Any]:
    return of(Contact.objects.filter(center=Institution.objects.get(**institution()).center).first())


def letter() -> dict[str, Any]:
    return of(Letter.objects.latest("pk"))


def upload() -> dict[str, Any]:
    return {"token": Upload.objects.latest("pk").token}


def confirmation() -> dict[str, Any]:
    address = EmailAddress.objects.filter(user=who("lehrkraft")).first()
    return {"key": EmailConfirmationHMAC(address).key}


def reset() -> dict[str, Any]:
    user = who("lehrkraft")
    return {"uidb36": user_pk_to_url_str(user), "key": EmailAwarePasswordResetTokenGenerator().make_token(user)}
