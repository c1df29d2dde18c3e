"""Which loans of a centre are to be reminded of, and when: read in a few queries, however many loans are out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lending.due_dates import Calendar, add_open_days, is_working_day, local_day
from lending.models import Loan
from lending.models.loan import LoanQuerySet
from lending.notices import STEPS, as_fact, remindable
from lending.reminders.rhythm import Late, Reminder, Rhythm, Told, next_reminder
from lending.rulebook import Rulebook
from people.letters.addressing import Addressee, recipient_of
from people.models import Center, Intent

DAYS_TO_SEARCH = 2
"""Open days that letters pause while staff look for what is said to be back."""


@dataclass(frozen=True)
class Watched:
    """An open loan, its next reminder, and the step that is written down but has not gone out."""

    loan: Loan
    next: Reminder | None
    waiting: Intent | None
    told: list[Told]

    @property
    def is_by_hand(self) -> bool:
        """A person wanted the step that waits to go out before its day."""
        return self.waiting is not None and bool(self.waiting.facts.get("is_by_hand"))

    def due(self, calendar: Calendar, *, today: date) -> Reminder | None:
        """The next step, if its day has come or a person wants it now. What is late is brought up on working days
        only; what was brought up then stays as it is over the weekend."""
        if self.waiting is not None and self.is_by_hand:
            return Reminder(self.waiting.step, today)
        if self.next is None or self.next.on > today:
            return None
        is_brought_up = self.waiting is not None and self.waiting.step == self.next.step
        may_be_told = self.next.step == 0 or is_working_day(today, calendar)
        return self.next if is_brought_up or may_be_told else None


def kind_of(step: int) -> str:
    """The letter of a step; further steps speak like the last one."""
    return STEPS[min(step, len(STEPS) - 1)]


def addressee(loan: Loan, step: int) -> Addressee | None:
    """Whoever answers for the loan; the last step goes to the institution's head."""
    return loan.institution if kind_of(step) == STEPS[-1] else loan.responsible or loan.contact


def may_go_now(watch: Watched, *, today: date) -> bool:
    """A person may let the next step go out before its day: announced at any time, brought up once it is late."""
    if watch.next is None or watch.waiting is not None:
        return False
    is_late = today > local_day(watch.loan.due_at)
    return (watch.next.step == 0 or is_late) and recipient_of(
        addressee(watch.loan, watch.next.step), watch.loan
    ) is not None


def watched(center: Center, *, today: date, calendar: Calendar) -> Iterator[Watched]:
    """Every loan that may be reminded of: not back, not dropped off, not declared lost."""
    yield from watch(remindable().filter(center=center), Rulebook.of(center), today=today, calendar=calendar)


def watch(rows: LoanQuerySet, book: Rulebook, *, today: date, calendar: Calendar) -> Iterator[Watched]:
    loans = list(rows.prefetch_related("postponements"))
    intents = _intents_about(loans)
    for loan in loans:
        yield _watch(loan, intents[loan.pk], _rhythm(loan, book), calendar, today)


def _watch(loan: Loan, intents: list[Intent], rhythm: Rhythm, calendar: Calendar, today: date) -> Watched:
    this_time = [intent for intent in intents if intent.facts.get("due_at") == as_fact(loan.due_at)]
    before = [it for it in intents if it.step == 0 and it.facts.get("due_at") in _was_due(loan)]
    told = [
        Told(intent.step, local_day(intent.letter.gone_at))
        for intent in [*before, *this_time]
        if intent.letter is not None and intent.letter.gone_at is not None
    ]
    waiting = [it for it in this_time if it.withdrawn_at is None and (it.letter is None or it.letter.gone_at is None)]
    late = Late(
        handed_over_on=local_day(loan.handed_over_at),
        due_on=local_day(loan.due_at),
        promised_on=local_day(loan.expected_back_at) if loan.expected_back_at else None,
        quiet_until_on=_quiet_until(loan, calendar),
        told=told,
    )
    return Watched(loan, next_reminder(late, rhythm, calendar, today=today), waiting[-1] if waiting else None, told)


def _was_due(loan: Loan) -> set[str]:
    """When it was due before closing days moved it: whoever was reminded then has heard of the new day by itself."""
    moments = {loan.due_at}
    for row in sorted(loan.postponements.all(), key=lambda it: -it.pk):
        if row.undone_at is None and row.after_at in moments:
            moments.add(row.before_at)
    return {as_fact(moment) for moment in moments - {loan.due_at}}


def _quiet_until(loan: Loan, calendar: Calendar) -> date | None:
    """The day until which reminders rest, or on which a search must have ended."""
    quiet = [loan.quiet_until_on] if loan.quiet_until_on else []
    if loan.said_back_at and loan.not_found_at is None:
        quiet.append(add_open_days(local_day(loan.said_back_at), DAYS_TO_SEARCH, calendar))
    return max(quiet, default=None)


def _intents_about(loans: list[Loan]) -> dict[int, list[Intent]]:
    about: dict[int, list[Intent]] = defaultdict(list)
    found = Intent.objects.filter(
        subject_type=Loan._meta.label_lower, subject_id__in=[loan.pk for loan in loans], kind__in=STEPS
    )
    for intent in found.select_related("letter"):
        about[intent.subject_id].append(intent)
    return about


def _rhythm(loan: Loan, book: Rulebook) -> Rhythm:
    rules = book.terms(loan.item.product, loan.institution.kind)
    return Rhythm(rules.remind_days_before, rules.remind_days_after)
