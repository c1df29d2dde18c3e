"""The demo's house, with what it lacks to be lively everywhere, long names, and a centre where nothing is there yet."""

from datetime import time, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from inventory.models import Item, Product
from lending.due_dates import at, local_day
from lending.findings import find_missing
from lending.handovers import add_extra, hand_over, open_handover
from lending.models import Line, Loan, OutageReason, Reservation, State
from lending.outages import take_out_of_service
from lending.reservations import Wish, offer, place, repeat
from lending.rules import close, follow
from lending.searching import note_said_back
from licenses.models import Source
from people import centers, institutions, letters, uploads, year_checks
from people.accounts import open_account
from people.letters import writing
from people.memberships import appoint
from people.models import Center, Contact, Institution, User, YearCheck
from people.roles import Role
from tests.accessibility import examples
from tests.accessibility.look import AUDITOR, COORDINATOR, DESK, MANAGER, NEW_MANAGER, NEW_TEACHER, NEWCOMER, TEACHER

LONG: Final = (
    "Städtisches Donaudampfschifffahrtsgesellschaftskapitänsgymnasium für Jungen und Mädchen der Sekundarstufe II"
)
FIGURES: Final = {
    "nutzung.csv": "Titel;Monat;Schulnummer;Abrufe\nVulkane der Eifel;2026-10;;7\nMoor;2026-10;999999;2\n",
    "fremd.csv": "Was;Wie viel\nVulkane;7\n",
}
TABLE = "Schulnummer;Schulname;Strasse;PLZ;Ort\n100001;Grundschule Nord;Nordstr. 1;12345;Musterstadt\nfalsch;;;;\n"


def enliven() -> None:
    """An open slip with a loan and an extra, something missing, an upload, and second factors."""
    desk, manager = examples.who(DESK), examples.who(MANAGER)
    now = timezone.now()
    school = Institution.objects.get(**examples.institution())
    institutions.edit(school, by=manager, name=LONG, note="Lieferung nur bis 9 Uhr")
    slip = open_handover(school, by=desk, due_at=now + timedelta(days=3))
    hand_over(slip, Item.objects.lendable().filter(center=school.center, allocation=None).first(), by=desk)
    add_extra(slip, name="Verlängerungskabel", by=desk)
    find_missing(Loan.objects.get(**examples.returned_case()), {}, note="Ein Kratzer auf dem Deckel", by=desk)
    uploads.keep(school.center, by=manager, kind="schulen", name="schulen.csv", content=TABLE.encode(), choices={})
    source = Source.objects.get(center=school.center)
    for name, table in FIGURES.items():
        choices, content = {"source": source.pk}, table.encode()
        uploads.keep(school.center, by=manager, kind="nutzung", name=name, content=content, choices=choices)
    note_said_back(Loan.objects.get(**examples.overdue_loan()), by=None)
    _write_to(school)
    _ask_who_stays(school)
    _wait(school)
    _close(school.center)
    _endanger(school.center)
    TOTP.activate(manager, generate_totp_secret())
    RecoveryCodes.activate(manager)
    Authenticator.objects.create(
        user=examples.who(AUDITOR), type=Authenticator.Type.WEBAUTHN, data={"name": "Schlüssel am Bund"}
    )


def _ask_who_stays(school: Institution) -> None:
    """One school was asked; the others are still to be."""
    today = timezone.localdate()
    YearCheck.objects.create(
        center=school.center,
        institution=school,
        school_year=year_checks.school_year_of(today),
        asked_on=today,
        ends_on=today + timedelta(days=30),
    )


def _write_to(school: Institution) -> None:
    """Letters to print, to call, and to release."""
    about = examples.who(COORDINATOR).memberships.get()
    facts = {"product": "VR-Koffer", "asset_number": "MZ-0007", "due_at": timezone.now()}
    for channel in ("print", "phone"):
        contact = Contact.objects.create(
            center=school.center, institution=school, name="Frau Kreide", channel=channel, phone="0214 1"
        )
        letters.intend("overdue_1", about, contact, **facts)
    letters.intend("overdue_3", about, None, **facts)
    writing.write()


def _wait(school: Institution) -> None:
    """Two wait for what is not free, and one of them was told that it is; a room is asked for week by week."""
    starts, ends = (at(day, time(10)) for day in examples.next_days())
    for _ in range(2):
        wish = Wish(Product.objects.get(**examples.product()), 99)
        asked = {"wishes": [wish], "starts_at": starts, "ends_at": ends, "by": examples.who(TEACHER)}
        last = place(school, **asked, responsible=examples.who(TEACHER), may_wait=True)
    offer(last, now=timezone.now())
    room = Wish(Product.objects.get(**examples.room()), 1)
    hour = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    until = f"UNTIL={ends + timedelta(weeks=4):%Y%m%d}"
    repeat(school, rule=f"FREQ=WEEKLY;{until}", wishes=[room], **hour, by=examples.who(TEACHER))


def _close(center: Center) -> None:
    """The next open day on which somebody comes."""
    first = Reservation.objects.filter(center=center, state=State.APPROVED, starts_at__gt=timezone.now())
    day = local_day(first.earliest("starts_at").starts_at)
    close(center, by=examples.who(MANAGER), starts_on=day, ends_on=day, reason="Sturm")
    follow(center)


def _endanger(center: Center) -> None:
    """Every unit that is there of what somebody was promised breaks."""
    promised = Line.objects.filter(reservation__center=center, reservation__state=State.APPROVED, shortfall=0)
    line = promised.filter(starts_at__gt=timezone.now()).latest("starts_at")
    for item in Item.objects.lendable().filter(product=line.product):
        take_out_of_service(item, reason=OutageReason.REPAIR, by=examples.who(DESK))
    assert Line.objects.filter(reservation__center=center, shortfall__gt=0).exists()


def begin() -> None:
    """A centre and a school where nothing has happened, and somebody who belongs nowhere."""
    center = centers.found("neu", name="Medienzentrum Neuland", by=None)
    school = Institution.objects.create(center=center, kind="school", channel="phone", name="Schule am See")
    appoint(_account(NEW_MANAGER, "Nele Neuland"), role=Role.MANAGER, of=center, by=None)
    appoint(_account(NEW_TEACHER, "Timo Täglich"), role=Role.TEACHER, of=school, by=None)
    _account(NEWCOMER, "Nina Nirgends")


def _account(login: str, name: str) -> User:
    return open_account(f"{login}@demo.example", name=name)
