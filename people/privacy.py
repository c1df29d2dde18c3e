"""Forgetting people: entries, letters, notes, and in the end the rows that name them (GDPR; DESIGN section 5)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from django.db.models import CharField, Exists, F, Func, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from people.models import Closure, Contact, Institution, Intent, JournalEntry, Letter, Membership, User

REMEMBERED: Final = timedelta(days=90)
Person: TypeAlias = User | Contact
#: Free text in which somebody may have been named, and what letters to others say.
NOTES: Final[tuple[tuple[type[Model], str], ...]] = (
    (Institution, "note"),
    (Institution, "drop_place"),
    (Closure, "reason"),
)
TOLD: Final[tuple[tuple[type[Model], str], ...]] = ((Letter, "body"), (Intent, "facts"))
NOBODY: Final = "unlinked:"
#: For each kind of subject the rows of it.
Subjects: TypeAlias = Mapping[str, QuerySet[Any]]


def unlink_entries(model: type[Model], ids: Iterable[int]) -> int:
    """The journal forgets who did what on these rows; what was done stays."""
    entries = JournalEntry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=list(ids))
    return entries.exclude(by=None, person=None).update(by=None, person=None)


def unlink_letters(*, now: datetime, still_linked: Subjects, unlinked: Subjects) -> int:
    """Letters lose recipient, address and words 90 days after they were written, or when what they told of forgot its
    people; not as long as something they told of still names somebody. That they were sent stays."""
    old = Q(written_at__lte=now - REMEMBERED) | _tells_of(unlinked)
    letters = Letter.objects.filter(old, people_unlinked_at=None).exclude(_tells_of(still_linked))
    return _blank(letters, now)


def unlink_untold(*, now: datetime, unlinked: Subjects) -> int:
    """What never became a letter (withdrawn before) is forgotten as letters are: after 90 days, or with its subject."""
    old = Q(withdrawn_at__lte=now - REMEMBERED) | _is_about(unlinked)
    return _unlink_intents(Intent.objects.filter(old, letter=None).exclude(recipient__startswith=NOBODY))


def forget_names_in(model: type[Model], column: str, person: Person) -> int:
    """Take the name, the address and the number of ``person`` out of free text; how many rows had them."""
    pattern = _pattern_of(person)
    rows = model._default_manager.filter(**{f"{column}__iregex": pattern})
    return rows.update(**{column: Func(F(column), Value(pattern), Value("…"), Value("gi"), function="regexp_replace")})


def forget_names_within(model: type[Model], column: str, person: Person) -> int:
    """As ``forget_names_in``, for the texts in a JSON column: its numbers and its names of facts stay."""
    pattern = _pattern_of(person)
    rows = model._default_manager.annotate(text=Cast(column, TextField())).filter(text__iregex=pattern)
    words = re.compile(pattern.replace(r"\y", r"\b"), re.IGNORECASE)
    for row in rows:
        setattr(row, column, _each_text(getattr(row, column), lambda _, text: words.sub("…", text)))
        row.save(update_fields=[column])
    return len(rows)


def erase(person: Person, *, now: datetime) -> None:
    """Delete the row that names ``person``, and what else people knows of them. What refers to it stays, unlinked."""
    named = Q(user=person) if isinstance(person, User) else Q(contact=person)
    _blank(Letter.objects.filter(named), now)
    _unlink_intents(Intent.objects.filter(named))
    for model, column in NOTES:
        forget_names_in(model, column, person)
    for model, column in TOLD:
        forget_names_within(model, column, person)
    person.delete()


def gone_contacts(*, now: datetime, in_use: QuerySet[Contact]) -> QuerySet[Contact]:
    """Contacts known for 90 days without whom nothing is open."""
    return Contact.objects.filter(created_at__lte=now - REMEMBERED).exclude(pk__in=in_use.values("pk"))


def gone_users(*, now: datetime, in_use: QuerySet[User]) -> QuerySet[User]:
    """Accounts whose owner left 90 days ago, and those that nobody ever let in anywhere."""
    before = now - REMEMBERED
    theirs = Membership.objects.filter(user=OuterRef("pk"))
    never_came = Q(joined_at__lte=before, is_operator=False) & ~Exists(theirs.filter(activated_at__isnull=False))
    waits = Exists(theirs.waiting().filter(requested_at__gt=before))
    return User.objects.filter(Q(left_at__lte=before) | never_came & ~waits).exclude(pk__in=in_use.values("pk"))


def forget_memberships(*, now: datetime) -> int:
    """Where somebody acted until 90 days ago."""
    return Membership.objects.filter(ended_at__lte=now - REMEMBERED).delete()[0]


def _tells_of(subjects: Subjects) -> Q:
    return Q(Exists(Intent.objects.filter(_is_about(subjects), letter=OuterRef("pk"))))


def _is_about(subjects: Subjects) -> Q:
    about = Q(pk__in=[])
    for subject_type, rows in subjects.items():
        about |= Q(subject_type=subject_type, subject_id__in=rows.values("pk"))
    return about


def _blank(letters: QuerySet[Letter], now: datetime) -> int:
    ids = list(letters.values_list("pk", flat=True))
    _unlink_intents(Intent.objects.filter(letter__in=ids))
    return Letter.objects.filter(pk__in=ids).update(
        user=None,
        contact=None,
        recipient=_nobody(),
        address="",
        copy_to="",
        body=[],
        done_by=None,
        people_unlinked_at=now,
    )


def _unlink_intents(intents: QuerySet[Intent]) -> int:
    """That something was told to somebody stays, once per subject, kind and step, with its days; not its words."""
    told = list(intents)
    for intent in told:
        intent.facts = _each_text(intent.facts, lambda name, text: text if name.endswith(("_on", "_at")) else "")
    Intent.objects.bulk_update(told, ["facts"], batch_size=500)
    forgotten = Intent.objects.filter(pk__in=[intent.pk for intent in told])
    return forgotten.update(user=None, contact=None, released_by=None, recipient=_nobody())


def _each_text(value: Any, change: Callable[[str, str], str], name: str = "") -> Any:
    """``value`` with every text in it changed; ``change`` is told the name of the fact as well."""
    if isinstance(value, dict):
        return {key: _each_text(part, change, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_each_text(part, change, name) for part in value]
    return change(name, value) if isinstance(value, str) else value


def _nobody() -> Concat:
    """A recipient that is nobody, and still unlike every other."""
    return Concat(Value(NOBODY), Cast("pk", CharField()), output_field=TextField())


def _pattern_of(person: Person) -> str:
    """A regular expression of PostgreSQL for every way in which a note may have named ``person``."""
    surname = re.escape(person.name.split()[-1])
    ways = [rf"\y{re.escape(person.name)}\y", rf"\y(Frau|Herrn?|Fr\.|Hr\.)\s+((Dr|Prof)\.\s+)*{surname}\y"]
    ways += [re.escape(known) for known in (person.email, person.phone) if known]
    return "|".join(ways)
