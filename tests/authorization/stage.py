"""Two centres full of people and things, so that everybody can try to reach everything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.utils import timezone

from inventory import labels
from inventory.models import Category, Location, Part, Product
from lending.bundles import compose
from lending.findings import find_missing
from lending.handovers import add_extra, hand_over, open_handover
from lending.models import OutageReason, Policy, Suspension
from lending.outages import take_out_of_service
from lending.reservations import Wish, place
from lending.returns import take_back
from lending.stock import lose, put_into_kit
from licenses import media, providers
from people import access_tokens, uploads
from people.letters import writing
from people.models import Center, Closure, Contact, Institution, Intent, Letter, Membership, SchoolHoliday, User
from people.roles import GRANTS, OPERATOR_VERBS, Reach, Role
from tests.authorization.licensed import deletion_of, licensed, mark_of, media_list
from tests.conftest import member, open_on_working_days, product, school

UNITS = 24
CHOICES = {"territory": True, "is_excerpt": True}  # what the upload page asks besides the table


@dataclass(frozen=True)
class Actor:
    """Somebody in front of both doors. Without a role: signed in, but a member of nothing."""

    name: str
    user: User | None = None
    role: Role | None = None
    center: int | None = None
    institution: int | None = None
    page: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    api: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def is_operator(self) -> bool:
        return self.user is not None and self.user.is_operator

    def has(self, verb: str) -> bool:
        return self.is_operator if verb in OPERATOR_VERBS else self.role is not None and self.role in GRANTS[verb]

    def reaches(self, verb: str, thing: "Thing") -> bool:
        """Worked out from the table of roles alone, apart from the code that asks it in earnest."""
        if self.is_operator:
            return verb in OPERATOR_VERBS or isinstance(thing.row, Center)
        if self.role is None or not self.has(verb) or thing.center != self.center:
            return False
        reach = GRANTS[verb][self.role]
        if reach == Reach.CENTER:
            return True
        if thing.institution is None or thing.institution != self.institution:
            return False
        return reach == Reach.SCHOOL or (self.user is not None and thing.owner in {self.user.pk, ANYBODY})


ANYBODY = -1


@dataclass(frozen=True)
class Thing:
    """A row, whose it is, and a text by which it would be recognised where it must not be."""

    row: Any
    center: int
    institution: int | None = None
    owner: int | None = None
    mark: str = ""


@dataclass(frozen=True)
class Owner:
    """One person's things, those of their school, and those of their centre."""

    name: str
    things: dict[str, Thing]

    def __getattr__(self, kind: str) -> Any:
        return self.things[kind].row


@dataclass(frozen=True)
class Stage:
    actors: list[Actor]
    owners: dict[str, Owner]

    def meetings(self) -> Iterator[tuple[Actor, Owner]]:
        """Everybody meets Anna's things; those of her colleague, another school and another centre meet who might
        reach too far."""
        curious = {
            "anna": {actor.name for actor in self.actors},
            "arno": {"newcomer", "anna", "carla"},
            "bert": {"newcomer", "anna", "carla", "bert", "desk"},
            "eva": {"anna", "carla", "desk", "manager", "auditor", "foreign desk"},
        }
        for actor in self.actors:
            for owner in self.owners.values():
                if actor.name in curious[owner.name]:
                    yield actor, owner

    def actor(self, name: str) -> Actor:
        return next(actor for actor in self.actors if actor.name == name)


def build() -> Stage:
    ours = _center("musterstadt", "Medienzentrum Musterstadt", first=1)
    theirs = _center("nachbarstadt", "Medienzentrum Nachbarstadt", first=500)
    north = school(ours["center"], "Grundschule Nord", "100001")
    south = school(ours["center"], "Gymnasium Süd", "100002")
    beyond = school(theirs["center"], "Realschule Nebenan", "100003")
    people = {
        "anna": member("anna@nord.example", "Anna Amsel", Role.TEACHER, north),
        "arno": member("arno@nord.example", "Arno Ahorn", Role.TEACHER, north),
        "bert": member("bert@sued.example", "Bert Buche", Role.TEACHER, south),
        "eva": member("eva@nebenan.example", "Eva Esche", Role.TEACHER, beyond),
    }
    owners = {
        name: _owner(name, user, people_of, centre)
        for (name, user), people_of, centre in zip(
            people.items(), (north, north, south, beyond), (ours, ours, ours, theirs), strict=True
        )
    }
    newcomer = member("nora@nord.example", "Nora Neu", Role.TEACHER, north)
    Membership.objects.filter(user=newcomer).update(activated_at=None)
    stranger = User.objects.create_user("niemand@example.org", "geheim-genug", name="Niko Niemand")
    operator = User.objects.create_user("betrieb@example.org", "geheim-genug", name="Otto Operator", is_operator=True)
    carla = member("carla@nord.example", "Carla Clever", Role.COORDINATOR, north)
    rita = member("revision@musterstadt.example", "Rita Revision", Role.AUDITOR, ours["center"])
    ours_id, theirs_id = ours["center"].pk, theirs["center"].pk
    actors = [
        Actor("anonymous"),
        _actor("stranger", stranger),
        _actor("operator", operator),
        _actor("newcomer", newcomer, Role.APPLICANT, ours_id, north.pk),
        _actor("anna", people["anna"], Role.TEACHER, ours_id, north.pk),
        _actor("bert", people["bert"], Role.TEACHER, ours_id, south.pk),
        _actor("carla", carla, Role.COORDINATOR, ours_id, north.pk),
        _actor("desk", ours["desk"], Role.DESK, ours_id),
        _actor("manager", ours["manager"], Role.MANAGER, ours_id),
        _actor("auditor", rita, Role.AUDITOR, ours_id),
        _actor("foreign desk", theirs["desk"], Role.DESK, theirs_id),
        _actor("foreign manager", theirs["manager"], Role.MANAGER, theirs_id),
        _actor("eva", people["eva"], Role.TEACHER, theirs_id, beyond.pk),
    ]
    connection.check_constraints()
    return Stage(actors, owners)


def _actor(name: str, user: User, role: Role | None = None, center: int | None = None, at: int | None = None) -> Actor:
    actor = Actor(name, user, role, center, at)
    actor.api.defaults["HTTP_AUTHORIZATION"] = f"Token {access_tokens.issue(user)}"
    actor.page.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return actor


def _center(slug: str, name: str, *, first: int) -> dict[str, Any]:
    center = Center.objects.create(slug=slug, name=name)
    open_on_working_days(center)
    Policy.objects.create(center=center, needs_approval=True, max_renewals=5)
    desk = member(f"theke@{slug}.example", f"Doris Desk {slug}", Role.DESK, center)
    manager = member(f"leitung@{slug}.example", f"Martin Meister {slug}", Role.MANAGER, center)
    category = Category.objects.create(center=center, name=f"Robotik {slug}")
    made = product(center, category, f"Bee-Bot {slug}", units=UNITS, first=first)
    part = Part.objects.create(center=center, product=made, name="Roboter", quantity=8, minimum=6)
    units = list(made.items.order_by("pk"))
    labels.issue_all(units, by=desk)
    content = put_into_kit(units.pop(), kit=units.pop(), by=desk)
    provider = providers.add(center, name=f"Verlag {slug}", by=manager)
    far = dict.fromkeys(("starts_on", "ends_on"), timezone.localdate() + timedelta(days=100))
    table = f"Schulnummer;Schulname\n{first};Schule\n".encode()
    return {
        "center": center,
        "desk": desk,
        "manager": manager,
        "category": category,
        "product": made,
        "bundle": compose(center, name=f"Paket {slug}", lines={made: 2}, by=manager),
        "provider": provider,
        "medium": media.add(center, title=f"Film {slug}", kind="online_film", provider=provider, by=manager),
        "units": units,
        "content": content,
        "part": part,
        "location": Location.objects.create(center=center, name=f"Regal {slug}"),
        "policy": Policy.objects.create(center=center, institution_kind="kita", loan_days=7),
        "closure": Closure.objects.create(center=center, reason="Umzug", **far),
        "licensed": licensed(center, provider, by=manager),
        "holiday": SchoolHoliday.objects.create(center=center, name="Osterferien", **far),
        "upload": uploads.keep(center, by=manager, kind="schulen", name=f"{slug}.csv", content=table, choices=CHOICES),
    }


def _owner(name: str, user: User, at: Institution, centre: dict[str, Any]) -> Owner:
    now = timezone.now()
    desk, units = centre["desk"], centre["units"]
    contact, _ = Contact.objects.get_or_create(center=at.center, institution=at, name=f"Kontakt {at.name}")
    reservation = _reserve(centre["product"], user, at, now)
    slip = open_handover(at, by=desk, responsible=user, due_at=now + timedelta(days=3))
    loan = hand_over(slip, units.pop(), by=desk)
    hand_over(slip, again := units.pop(), by=desk)
    extra = add_extra(slip, name=f"Kabel von {user.name}", by=desk)
    returned = take_back(again, by=desk)
    lost = lose(units.pop(), by=desk)
    broken = units.pop()
    outage = take_out_of_service(broken, reason=OutageReason.REPAIR, by=desk)
    (finding,) = find_missing(returned, {}, note="Kratzer", by=desk)
    writing.write()
    decided = {"suspends": True, "decided_at": now}  # nothing is late, so that it is not in force
    suspension, _ = Suspension.objects.get_or_create(center=at.center, institution=at, defaults=decided)
    made_list = media_list(at, by=user)
    center, own, kept = at.center_id, {"center": at.center_id, "institution": at.pk, "owner": user.pk}, units[0]
    return Owner(
        name,
        {
            "institution": Thing(at, center, at.pk, ANYBODY),
            "contact": Thing(contact, center, at.pk, mark=contact.name),
            "reservation": Thing(reservation, **own, mark=reservation.purpose),
            "line": Thing(reservation.lines.get(), **own),
            "handover": Thing(slip, **own),
            "extra": Thing(extra, **own, mark=extra.name),
            "loan": Thing(loan, **own),
            "returned": Thing(returned, **own),
            "letter": Thing(Letter.objects.filter(user=user)[0], **own),
            "intent": Thing(Intent.objects.filter(user=user)[0], **own),
            "member": Thing(user.memberships.get(), **own, mark=user.email),
            "center": Thing(at.center, center),
            "product": Thing(centre["product"], center),
            "bundle": Thing(centre["bundle"], center, mark=centre["bundle"].name),
            "medium": Thing(centre["medium"], center, mark=centre["medium"].title),
            "provider": Thing(centre["provider"], center, mark=centre["provider"].name),
            "category": Thing(centre["category"], center, mark=centre["category"].name),
            "item": Thing(kept, center, mark=str(kept.asset_number)),
            "content": Thing(centre["content"], center),
            "spare": Thing(units[1], center),
            "lost": Thing(lost, center),
            "part": Thing(centre["part"], center),
            "location": Thing(centre["location"], center, mark=centre["location"].name),
            "label": Thing(kept.labels.get(), center),
            "outage": Thing(outage, center),
            "finding": Thing(finding, center),
            "upload": Thing(centre["upload"], center, mark=centre["upload"].name),
            "closure": Thing(centre["closure"], center),
            "suspension": Thing(suspension, center, at.pk),
            "policy": Thing(centre["policy"], center),
            "holiday": Thing(centre["holiday"], center),
            "deletion": Thing(deletion_of(centre["licensed"], at), center, at.pk),
            "media_list": Thing(made_list, center, at.pk, mark=made_list.title),
            **{kind: Thing(row, center, mark=mark_of(row)) for kind, row in centre["licensed"].items()},
        },
    )


def _reserve(product: Product, user: User, at: Institution, now: datetime) -> Any:
    """Four weeks ahead, on a weekday, so that no rule of length or lead time stands in the way."""
    monday = (now + timedelta(days=28 - now.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)
    return place(
        at,
        wishes=[Wish(product, 2)],
        starts_at=monday,
        ends_at=monday + timedelta(days=2),
        by=user,
        responsible=user,
        series=uuid4(),
        purpose=f"Projekt von {user.name}",
    )
