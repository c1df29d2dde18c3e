"""Answers without an account: what the link in a reminder lets its reader say, and about what (ADR 6).

The link is signed and names the loans that its letter speaks of, each with the moment it was due: what is back, renewed
or taken as lost meanwhile cannot be answered any more. It shows no more than the letter does. Looking changes nothing:
mail servers follow links, too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from lending.calendars import calendar_of, promised_moment
from lending.due_dates import (
    Calendar,
    add_open_days,
    closing_moment,
    is_open,
    local_day,
    next_open_day,
    previous_open_day,
)
from lending.gate import gate
from lending.models import Loan
from lending.notices import as_fact, remindable
from lending.overdue import promise_back
from lending.refusals import ClosedToBring, NothingToAnswer, PromiseTooFar, TooManyAnswers
from lending.searching import BY_LINK, note_said_back
from people.models import JournalEntry

VALID_FOR: Final = timedelta(days=60)
"""From the day of the letter: the usual rhythm has said its last word long before."""

DAYS_AHEAD: Final = 10
"""Open days from the day of the letter for which a reader may promise. Counted from the letter, not from today: whoever
promises again and again cannot keep the next level waiting for ever, nor the school that is next."""

MOST_ANSWERS: Final = 10
"""Answers to one loan by link: whoever changes their mind more often should call."""

_SIGNER: Final = Signer(salt="lending.replying")


@dataclass(frozen=True)
class Asked:
    """What one letter asked about: on which day, and which loans with the moment each was due, as a fact."""

    on: date
    due: Mapping[int, str]

    def loans(self) -> list[Loan]:
        """Those that are still to be brought back, as the letter said."""
        rows = remindable().filter(pk__in=self.due).select_related("center").order_by("due_at", "pk")
        return [loan for loan in rows if self.due[loan.pk] == as_fact(loan.due_at)]

    def days(self, calendar: Calendar, now: datetime) -> list[date]:
        """The open days on which things can still be promised for; the soonest first."""
        today, latest = local_day(now), self.latest(calendar)
        days = [today + timedelta(days=ahead) for ahead in range(max(0, (latest - today).days) + 1)]
        return [day for day in days if is_open(day, calendar) and now < closing_moment(day, calendar) and day <= latest]

    def latest(self, calendar: Calendar) -> date:
        return add_open_days(self.on, DAYS_AHEAD, calendar)


def token_for(on: date, due: Mapping[int, datetime]) -> str:
    """What the link of a letter of that day carries."""
    return _SIGNER.sign_object([on.isoformat(), [[pk, as_fact(moment)] for pk, moment in due.items()]], compress=True)


def read(token: str, *, now: datetime | None = None) -> Asked | None:
    """What was asked; None if we never asked that, or too long ago."""
    try:
        on, due = _SIGNER.unsign_object(token)
    except BadSignature:
        return None
    asked = Asked(date.fromisoformat(on), dict(due))
    return asked if local_day(now or timezone.now()) <= asked.on + VALID_FOR else None


@transaction.atomic
def bring_on(asked: Asked, chosen: Collection[int], day: date, *, now: datetime | None = None) -> list[Loan]:
    """The reader brings the loans with these ids on ``day``: the same as a promise by phone.

    Raises NothingToAnswer, TooManyAnswers, PromiseTooFar, ClosedToBring.
    """
    now = now or timezone.now()
    loans = _answerable(asked, chosen)
    center = loans[0].center
    calendar = calendar_of(center)
    if day not in asked.days(calendar, now):
        if local_day(now) <= day <= asked.latest(calendar):
            raise ClosedToBring(day=day, before=previous_open_day(day, calendar), after=next_open_day(day, calendar))
        raise PromiseTooFar(latest=asked.latest(calendar), phone=center.phone)
    gate(loan.item.product_id for loan in loans)
    at = promised_moment(center, day)
    return [promise_back(loan, at=at, by=None, channel=BY_LINK, now=now) for loan in loans]


@transaction.atomic
def say_back(asked: Asked, chosen: Collection[int], *, now: datetime | None = None) -> list[Loan]:
    """The reader says the loans with these ids are back already: they go on the search list.

    Raises NothingToAnswer, TooManyAnswers, AlreadySearched.
    """
    return [note_said_back(loan, by=None, channel=BY_LINK, now=now) for loan in _answerable(asked, chosen)]


def _answerable(asked: Asked, chosen: Collection[int]) -> Sequence[Loan]:
    loans = [loan for loan in asked.loans() if loan.pk in chosen]
    if not loans:
        raise NothingToAnswer
    answers = JournalEntry.objects.filter(
        subject_type=Loan._meta.label_lower,
        verb__in=("loan.promised_back", "loan.said_back"),
        facts__channel=BY_LINK,
    )
    if any(answers.filter(subject_id=loan.pk).count() >= MOST_ANSWERS for loan in loans):
        raise TooManyAnswers(phone=loans[0].center.phone)
    return loans
