"""Things to look at in the demo's house."""

from datetime import date, timedelta
from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.utils import timezone

from inventory.models import Item, Label, Part, Product
from lending import replying
from lending.calendars import calendar_of
from lending.due_dates import add_open_days
from lending.models import Bundle, Handover, Loan, Outage, Policy, Reservation, State
from licenses import links, pupil_codes
from licenses.decisions import decide_again
from licenses.deleting.links import token_for as deletion_token
from licenses.models import (
    Contract,
    Deletion,
    Entitlement,
    Key,
    MediaList,
    Medium,
    Period,
    Scope,
    Source,
)
from licenses.rights import Action
from licenses.terms import Asker
from people.letters import unsubscribing
from people.models import Closure, Contact, Institution, Intent, Letter, Upload, User, YearCheck
from people.year_checks.links import token_for
from tests.accessibility.look import COORDINATOR, DESK, MANAGER, TEACHER

HOLIDAYS = {"name": "ferien.csv", "mimeType": "text/csv", "buffer": b"Ferien;von;bis\nOstern;2.4.2029;6.4.2029\n"}
PASSWORD = {"login": f"{MANAGER}@demo.example", "password": "demo"}


def who(login: str) -> User:
    return User.objects.get(email=f"{login}@demo.example")


def of(thing: Any) -> dict[str, Any]:
    assert thing is not None
    return {"pk": thing.pk}


def label() -> dict[str, Any]:
    return {"code": Label.objects.latest("pk").token}


def next_days() -> tuple[date, date]:
    """Open ones."""
    calendar = calendar_of(Institution.objects.get(**institution()).center)
    first, last = (add_open_days(timezone.localdate(), number, calendar) for number in (10, 12))
    return first, last


def next_week() -> str:
    return "starts_on={}&ends_on={}".format(*next_days())


def _with_parts() -> Product:
    return Product.objects.get(pk=Part.objects.order_by("product").values("product")[:1])


def product() -> dict[str, Any]:
    return of(_with_parts())


def contract() -> dict[str, Any]:
    return of(Contract.objects.get(number="SW-2026-03"))


def too_few() -> dict[str, Any]:
    return of(Contract.objects.get(number="SW-2026-05"))


def source() -> dict[str, Any]:
    return of(Source.objects.first())


def figures() -> dict[str, Any]:
    return {"token": Upload.objects.filter(kind="nutzung").earliest("pk").token}


def columns() -> dict[str, Any]:
    """A table of which nobody knows what its columns mean."""
    return {"token": Upload.objects.filter(kind="nutzung").latest("pk").token}


def key() -> dict[str, Any]:
    return of(Key.objects.first())


def period() -> dict[str, Any]:
    return of(Period.objects.get(contract__number="KO-2023-01"))


def seated() -> dict[str, Any]:
    return of(Entitlement.objects.get(capacity_kind="named"))


def scope() -> dict[str, Any]:
    return of(Scope.objects.first())


def medium() -> dict[str, Any]:
    return of(Medium.objects.exclude(link="").earliest("pk"))


def own_film() -> dict[str, Any]:
    return of(Medium.objects.exclude(file="").get())


def link_to_own_film() -> dict[str, Any]:
    film, at = Medium.objects.get(pk=own_film()["pk"]), timezone.now()
    school = Institution.objects.select_related("center").get(**institution())
    return {"token": links.token_for(decide_again(Asker(), school, film, Action.STREAM, at=at))}


def media_list() -> dict[str, Any]:
    return of(MediaList.objects.filter(titles__isnull=False).first())


def fresh_code() -> str:
    return pupil_codes.make(MediaList.objects.get(**media_list()), by=who(TEACHER))


def room() -> dict[str, Any]:
    return of(Product.objects.filter(kind="room").first())


def selection() -> str:
    return f"{next_week()}&item={_with_parts().pk}x2"


def own_request() -> dict[str, Any]:
    return of(Reservation.objects.filter(responsible=who(TEACHER), state=State.REQUESTED).first())


def waiting() -> dict[str, Any]:
    return of(Reservation.objects.filter(state=State.WAITLISTED, told_free_at=None).first())


def free_again() -> dict[str, Any]:
    return of(Reservation.objects.exclude(told_free_at=None).first())


def series() -> dict[str, Any]:
    return {"series": Reservation.objects.exclude(series=None).latest("pk").series}


def room_for_an_hour() -> str:
    return f"item={room()['pk']}x1@{next_days()[0]}T10:00-11:00"


def some_weeks_later() -> str:
    """Later than the series that is there: the first dates are taken, the last are free."""
    return str(next_days()[0] + timedelta(weeks=8))


def own_lent() -> dict[str, Any]:
    return of(Reservation.objects.filter(responsible=who(TEACHER), handovers__isnull=False).first())


def own_loan() -> dict[str, Any]:
    return of(Loan.objects.filter(responsible=who(TEACHER)).latest("pk"))


def for_institution() -> str:
    return f"institution={institution()['pk']}"


def open_slip() -> dict[str, Any]:
    return of(Handover.objects.get(finished_at=None))


def finished_slip() -> dict[str, Any]:
    return of(Handover.objects.exclude(finished_at=None).filter(extras__isnull=False).first())


def returned_case() -> dict[str, Any]:
    return of(Loan.objects.filter(returned_at__isnull=False, item__product__parts__isnull=False).latest("returned_at"))


def overdue_loan() -> dict[str, Any]:
    return of(Loan.objects.overdue(timezone.now()).earliest("due_at"))


def reminded() -> dict[str, Any]:
    """What a letter of today would ask about."""
    late = Loan.objects.overdue(timezone.now()).filter(dropped_off_at=None, lost_at=None)[:2]
    return {"token": replying.token_for(timezone.localdate(), {loan.pk: loan.due_at for loan in late})}


def settled() -> dict[str, Any]:
    back = Loan.objects.filter(returned_at__isnull=False).latest("pk")
    return {"token": replying.token_for(timezone.localdate(), {back.pk: back.due_at})}


def two_items() -> str:
    return "&".join(f"item={it.pk}" for it in Item.objects.filter(product=_with_parts())[:2])


def item() -> dict[str, Any]:
    return of(Item.objects.filter(product=_with_parts()).earliest("pk"))


def broken_item() -> dict[str, Any]:
    return of(Outage.objects.latest("pk").item)


def institution() -> dict[str, Any]:
    return of(who(TEACHER).memberships.get().institution)


def contact() -> dict[str, Any]:
    return of(Contact.objects.filter(center=Institution.objects.get(**institution()).center).first())


def letter() -> dict[str, Any]:
    return of(Letter.objects.latest("pk"))


def worded() -> dict[str, Any]:
    return {"kind": "overdue_1", "language": "de"}


def year_check() -> dict[str, Any]:
    return {"token": token_for(YearCheck.objects.earliest("pk").pk)}


def own_deletion() -> dict[str, Any]:
    """The coordinator's own."""
    at = who(COORDINATOR).memberships.get().institution
    return {"pk": Deletion.objects.open().filter(institution=at).earliest("pk").pk}


def deletion() -> dict[str, Any]:
    return {"token": deletion_token(Deletion.objects.open().earliest("pk").pk)}


def ended() -> dict[str, Any]:
    told = Intent.objects.filter(kind="reservation_free").earliest("pk")
    return {"token": unsubscribing.token_for([told.pk])}


def upload() -> dict[str, Any]:
    return {"token": Upload.objects.exclude(kind="nutzung").latest("pk").token}


def confirmation() -> dict[str, Any]:
    address = EmailAddress.objects.filter(user=who(TEACHER)).first()
    return {"key": EmailConfirmationHMAC(address).key}


def reset() -> dict[str, Any]:
    user = who(TEACHER)
    return {"uidb36": user_pk_to_url_str(user), "key": EmailAwarePasswordResetTokenGenerator().make_token(user)}


def staff() -> dict[str, Any]:
    return of(who(DESK).memberships.get())


def colleague() -> dict[str, Any]:
    return of(who(TEACHER).memberships.get())


def center() -> dict[str, Any]:
    return {"pk": who(DESK).memberships.get().center_id}


def closure() -> dict[str, Any]:
    return of(Closure.objects.latest("pk"))


def policy() -> dict[str, Any]:
    return of(Policy.objects.exclude(product=None).first())


def bundle() -> dict[str, Any]:
    return of(Bundle.objects.get(lines__medium__isnull=False))


def passkey() -> dict[str, Any]:
    return of(Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN))


def too_many() -> str:
    return f"{next_week()}&item={_with_parts().pk}x99"


def call() -> str:
    return f"{selection()}&institution={institution()['pk']}"
