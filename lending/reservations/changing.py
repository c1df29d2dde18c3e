"""Changing a reservation: other days, other quantities, lines more or fewer, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending import eligibility
from lending.due_dates import answered_by
from lending.models import Allocation, AllocationKind, Reservation, State
from lending.models.reservation import OPEN
from lending.reservations.falling_back import Promise, as_promised, with_new
from lending.reservations.locking import behind_its_gate
from lending.reservations.rewriting import LineChange, Rewriting, rewrite
from lending.rulebook import Rulebook
from lending.telling import tell_of_change
from lending.wishes import Wanted, Wish, weigh
from people import journal, letters
from people.models import User


@transaction.atomic
def change(
    reservation: Reservation,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    lines: Mapping[int, LineChange] | None = None,
    add: Sequence[Wish] = (),
    by: User | None,
    now: datetime | None = None,
) -> Reservation:
    """Move, shorten, extend; more or fewer; lines more or fewer: all of it, or nothing.

    ``starts_at`` and ``ends_at`` move every line that begins or ends with the reservation; ``lines`` says, by id, what
    becomes of single ones. Units stay where they can. What is out stays as it is: loans are renewed. Whoever is not
    staff may always have less; for more the rules hold as at placing, and where they ask for an approval, they ask
    again: then the reservation remembers what was promised, for a rejection to fall back to. Nothing that changes
    nothing is told to anybody.

    Raises WrongState, AlreadyHandedOver, AlreadyOut, NothingWanted, ForeignThing, EndsBeforeItStarts, InThePast, and
    as ``eligibility.check`` and ``holding.hold``; then nothing was written.
    """
    now = now or timezone.now()
    locked, products = behind_its_gate(reservation, *OPEN, also=[wish.product.pk for wish in add])
    book = Rulebook.of(locked.institution.center)
    whole = starts_at or locked.starts_at, ends_at or locked.ends_at
    revisions = Rewriting(locked, now, lines or {}, book).revisions(*whole)
    added = weigh(add, locked.institution, *whole, book=book, now=now) if add else []
    if not revisions and not added:
        return locked
    wanted = [*(revision.wanted for revision in revisions), *added]
    kept = [it for it in wanted if it.quantity]
    eligibility.check(kept, locked.institution, by=by, calendar=book.calendar, now=now)
    new = [it.line() for it in added]
    before = as_promised(revisions)
    rewrite(locked, products, revisions, new, now)
    promise = with_new(before, new) | (locked.promised or {})
    _step_back(locked, [] if eligibility.is_staff(by, locked.institution) else wanted, promise, book, now)
    journal.record(
        "reservation.changed",
        locked,
        by=by,
        starts_at=locked.starts_at,
        ends_at=locked.ends_at,
        lines=[[it.line.pk, it.line.product_id, it.wanted.was.quantity, it.wanted.quantity]
               for it in revisions if it.wanted.was],
        added=[[it.product.pk, it.quantity] for it in added],
    )  # fmt: skip
    tell_of_change(locked)
    return locked


def _step_back(locked: Reservation, wanted: Sequence[Wanted], promise: Promise, book: Rulebook, now: datetime) -> None:
    """A promise that has grown is asked for again; what was packed is not, as long as a unit has to be packed yet."""
    state = locked.state
    to_approve = [it.terms.answer_days for it in wanted if it.grows and it.terms.needs_approval]
    unpacked = Allocation.objects.holding().filter(line__reservation=locked, kind=AllocationKind.PLAN, pinned=False)
    if to_approve and state in (State.APPROVED, State.READY):
        locked.state, locked.decided_at, locked.ready_at = State.REQUESTED, None, None
        locked.promised = promise
        locked.answer_on = answered_by(now, max(to_approve), book.calendar)
    elif state == State.READY and unpacked.exists():
        locked.state, locked.ready_at = State.APPROVED, None
    elif locked.was_promised:
        locked.promised = promise
    locked.save(update_fields=["state", "answer_on", "promised", "decided_at", "ready_at"])
    if locked.state == state:
        return
    for kind in (State.REQUESTED, State.APPROVED, State.READY):
        letters.withdraw(locked, f"reservation_{kind}")
