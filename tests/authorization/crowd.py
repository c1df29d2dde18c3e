"""More of everything that a list shows: each row with a person, a school, a place and a thing of its own."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from inventory.models import Category, Item, Label, Location, Part, Product
from lending.models import Bundle, BundleLine, Handover, Outage, Reservation, State
from licenses.models import Deletion, DeletionTitle, Medium, Provider
from people import journal
from people.models import Center, Contact, Institution, Intent, Letter, Membership, User
from people.roles import Role
from tests.authorization.sheets import Sheets
from tests.authorization.stage import Owner, Stage, Thing
from tests.authorization.trade import Trade

UNITS = 14


class Crowd:
    """What comes to Anna's centre, to her school, and to the things that are hers."""

    def __init__(self, stage: Stage) -> None:
        self.owner = stage.owners["anna"]
        self.anna, self.desk = (stage.actor(name).user for name in ("anna", "desk"))
        self.north: Institution = self.owner.institution
        self.now = timezone.now()
        reminding = {"reminders_since": self.now - timedelta(days=60), "email": "theke@crowd.example"}
        Center.objects.filter(pk=self.owner.center.pk).update(**reminding)  # so that pages say which letters come
        self.sheets = Sheets(self.owner.center)
        self.trade = Trade(self.sheets, self.now)
        self.numbers, self.series = range(0), self.owner.reservation.series

    def grow(self, count: int) -> Owner:
        """``count`` more of each; and Anna, with a reservation and a slip of that many lines."""
        assert self.anna
        together = self.trade.reserve(self.anna, self.north, State.APPROVED, begins=2, series=self.series)
        slip = self.trade.slip(self.anna, self.north, due=5, reservation=together)
        self.numbers = range(self.numbers.stop, self.numbers.stop + count)
        for number in self.numbers:
            there, teacher = self._people(number)
            self._business(self._goods(number), together, slip, there, teacher)
            self._letters(number, teacher)
            self._deletions(number, there)
            journal.record("loan.renewed", self.owner.loan, by=self.desk, until=self.now)
        self.sheets.write()
        connection.check_constraints()
        own: dict[str, Any] = {"reservation": together, "handover": slip}
        things = {name: Thing(row, row.center_id, self.north.pk, self.anna.pk) for name, row in own.items()}
        return replace(self.owner, things=self.owner.things | things)

    def _people(self, number: int) -> tuple[Institution, User]:
        """A school with a teacher and a contact; and at Anna's school a colleague, a newcomer and a contact."""
        self.sheets.note(Center, slug=f"mz-{number}", name=f"Medienzentrum {number}")
        facts = {"name": f"Schule {number}", "school_number": f"{200_000 + number}"}
        there = self.sheets.note(Institution, kind="school", **facts)
        self._member(f"kollegin-{number}", Role.TEACHER, self.north)
        self._member(f"neu-{number}", Role.TEACHER, self.north, is_active=False)
        self._member(f"theke-{number}", Role.DESK, None)
        for at in (there, self.north):
            self.sheets.note(Contact, institution=at, name=f"Kontakt {number}")
        return there, self._member(f"lehrkraft-{number}", Role.TEACHER, there)

    def _member(self, name: str, role: Role, at: Institution | None, *, is_active: bool = True) -> User:
        user = self.sheets.note(User, email=f"{name}@crowd.example", name=name)
        since = self.now if is_active else None
        self.sheets.note(Membership, user=user, institution=at, role=role, activated_at=since)
        return user

    def _goods(self, number: int) -> list[Item]:
        """A product with its units, in two bundles; and one more part, label and content for what there is."""
        category = self.sheets.note(Category, name=f"Kategorie {number}")
        place = self.sheets.note(Location, name=f"Schrank {number}")
        made = self.sheets.note(Product, category=category, name=f"Artikel {number}")
        self._medium(number)
        for product in (made, self.owner.product):
            self.sheets.note(Part, product=product, name=f"Kabel {number}", quantity=8, minimum=6)
        for bundle in (self.sheets.note(Bundle, name=f"Paket {number}"), self.owner.bundle):
            self.sheets.note(BundleLine, bundle=bundle, product=made, quantity=1)
        units = [self._unit(made, place, f"{number}-{unit}") for unit in range(UNITS)]
        self._unit(self.owner.product, place, f"{number}-content", kit=self.owner.content.kit)
        self._unit(made, place, f"{number}-lost", life="lost")
        for item in (*units, self.owner.item):
            self.sheets.note(Label, item=item, foreign_code=f"ALT-{number}-{item.asset_number}")
        return units

    def _medium(self, number: int) -> None:
        provider = self.sheets.note(Provider, name=f"Verlag {number}")
        facts = {"kind": "online_film", "subjects": ["Kunst", f"Fach {number}"], "cover": "cover.webp"}
        self.sheets.note(Medium, provider=provider, title=f"Film {number}", number=f"55{number:05d}", **facts)

    def _unit(self, product: Product, place: Location, name: str, **facts: Any) -> Item:
        return self.sheets.note(Item, product=product, location=place, asset_number=f"C-{name}", **facts)

    def _business(
        self, units: list[Item], together: Reservation, slip: Handover, there: Institution, teacher: User
    ) -> None:
        """Asked for, promised, packed, fetched today, out, overdue, dropped off, back, found wanting, in repair."""
        trade, left, mine = self.trade, iter(units), (self.anna, self.north)
        trade.promise(together, next(left))
        trade.give(slip, next(left))
        trade.reserve(teacher, self.north, State.REQUESTED, begins=40, series=self.series)
        for whose in (mine, (teacher, there)):
            for state, begins in ((State.REQUESTED, 40), (State.APPROVED, 0), (State.READY, 40)):
                trade.promise(trade.reserve(*whose, state, begins=begins), next(left))
            out = trade.reserve(*whose, State.APPROVED, begins=-8)
            trade.give(trade.slip(*whose, due=-2, reservation=out), next(left))
            trade.cancel(*whose, units[0])
        trade.give(trade.slip(teacher, there, due=0), next(left))
        trade.give(trade.slip(*mine, due=5), next(left), dropped_off_at=self.now)
        back = trade.give(trade.slip(*mine, due=5), broken := next(left), returned_at=self.now - timedelta(hours=1))
        trade.find(self.owner.item, back)
        trade.find(broken, back)
        trade.repair(broken)
        past = {"starts_at": self.now, "ended_at": self.now}
        self.sheets.note(Outage, item=self.owner.item, reason="inspection", **past)

    def _deletions(self, number: int, there: Institution) -> None:
        """Asked of each school for a month of its own, and one more title of Anna's."""
        contract, medium = self.owner.contract, self.owner.medium
        month = timezone.localdate(self.now).replace(day=1, month=1) - timedelta(days=366 * (number + 1))
        for whose in (there, self.north):
            asked = {"institution": whose, "month_on": month.replace(day=1), "asked_on": month, "times_told": 1}
            deletion = self.sheets.note(Deletion, **asked)
            title = {"institution": whose, "deletion": deletion, "medium": medium, "contract": contract}
            self.sheets.note(DeletionTitle, **title, ends_on=month)

    def _letters(self, number: int, teacher: User) -> None:
        """Sent, to print, to call, and to release; and one more that Anna's letter tells."""
        for channel in ("mail", "print", "phone"):
            about = {"recipient": f"user:{channel}:{number}", "institution": self.north, "user": teacher}
            letter = self.sheets.note(
                Letter, **about, channel=channel, is_on_paper=channel == "print", bundle="news", subject="Mangel",
                message_id=f"<{channel}-{number}@crowd.example>", written_at=self.now,
            )  # fmt: skip
            self._intent(number, letter=letter, kind="part_missing", **about)
        about = {"institution": self.north, "user": self.anna, "kind": "part_missing"}
        self._intent(number, letter=self.owner.letter, recipient=f"user:{number}", **about)
        whole = {"institution": self.north, "recipient": f"institution:{number}"}
        self._intent(number, kind="overdue_3", needs_release=True, **whole)

    def _intent(self, number: int, **facts: Any) -> None:
        told = {"product": f"Artikel {number}", "parts": [], "due_at": self.now}
        about = {"subject_type": "lending.loan", "subject_id": self.owner.loan.pk}
        self.sheets.note(Intent, **about, **facts, facts=told)
