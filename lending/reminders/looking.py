"""Which loans of a centre are to be reminded of, and when: read in a few queries, however many loans are out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lending.due_dates import Calendar, is_working_day, local_day
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.policies import terms
from lending.reminders.rhythm import Late, Reminder, Rhythm, Told, next_reminder
from people.letters.addressing import Addressee
from people.models import Center, Intent

DUE_SOON = "due_soon"
STEPS = (DUE_SOON, "overdue_1", "overdue_2", "overdue_3")


@dataclass(frozen=True)
class Watched:
    """An open loan, its next reminder, and the step that is written down but has not gone out."""

    loan: Loan
    next: Reminder | None
    waiting: Intent | None
    told: list[Told]

    def due(self, calendar: Calendar, *, today: date) -> Reminder | None:
        """The next step, if its day has come. What is late is brought up on working days only; what was brought up
        then stays as it is over the weekend."""
        if self.next is None or self.next.on > today:
            return None
        is_brought_up = self.waiting is not None and self.waiting.step == self.next.step
        may_be_told = self.next.step == 0 or is_working_day(today, calendar)
        return self.next if is_brought_up or may_be_told else None


def as_fact(moment: datetime) -> str:
    """How an intent remembers ``moment``."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def kind_of(step: int) -> str:
    """The letter of a step; further steps speak like the last one."""
    return STEPS[min(step, len(STEPS) - 1)]


def addressee(loan: Loan, step: int) -> Addressee | None:
    """Whoever answers for the loan; the last step goes to the institution's head."""
    return loan.institution if kind_of(step) == STEPS[-1] else loan.responsible or loan.contact


def watched(center: Center, *, today: date, calendar: Calendar) -> Iterator[Watched]:
    """Every loan that may be reminded of: not back, not dropped off, not declared lost."""
    loans = list(remindable().filter(center=center))
    rhythms, intents = _Rhythms(), _intents_about(loans)
    for loan in loans:
        yield _watch(loan, intents[loan.pk], rhythms.of(loan), calendar, today)


def remindable() -> LoanQuerySet:
    open_loans = Loan.objects.open().filter(dropped_off_at__isnull=True, lost_at__isnull=True)
    return open_loans.select_related("item__product", "institution", "responsible", "contact", "handover")


def _watch(loan: Loan, intents: list[Intent], rhythm: Rhythm, calendar: Calendar, today: date) -> Watched:
    this_time = [intent for intent in intents if intent.facts.get("due_at") == as_fact(loan.due_at)]
    told = [
        Told(intent.step, local_day(intent.letter.gone_at))
        for intent in this_time
        if intent.letter is not None and intent.letter.gone_at is not None
    ]
    waiting = [it for it in this_time if it.withdrawn_at is None and (it.letter is None or it.letter.gone_at is None)]
    late = Late(
        handed_over_on=local_day(loan.handed_over_at),
        due_on=local_day(loan.due_at),
        promised_on=local_day(loan.expected_back_at) if loan.expected_back_at else None,
        told=told,
    )
    return Watched(loan, next_reminder(late, rhythm, calendar, today=today), waiting[-1] if waiting else None, told)


def _intents_about(loans: list[Loan]) -> dict[int, list[Intent]]:
    about: dict[int, list[Intent]] = defaultdict(list)
    found = Intent.objects.filter(
        subject_type=Loan._meta.label_lower, subject_id__in=[loan.pk for loan in loans], kind__in=STEPS
    )
    for intent in found.select_related("letter"):
        about[intent.subject_id].append(intent)
    return about


class _Rhythms:
    """The centre's rules, asked once for each product and kind of institution."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], Rhythm] = {}

    def of(self, loan: Loan) -> Rhythm:
        key = (loan.item.product_id, loan.institution.kind)
        if key not in self._known:
            rules = terms(loan.item.product, loan.institution)
            self._known[key] = Rhythm(rules.remind_days_before, rules.remind_days_after)
        return self._known[key]
