"""Slots kept for an institution for some time, as a bundle has them: before anybody knows who will use them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from licenses.decisions.askers import place_of
from licenses.decisions.grants import grants_of
from licenses.decisions.sentences import why_not
from licenses.errors import LicenseEndsBefore, NoSlotThen, NotLicensedThen
from licenses.models import CapacityKind, Entitlement, Medium, Seat
from licenses.periods import A_DAY
from licenses.rights import Action
from licenses.seats.seating import clear, fit, free
from licenses.terms import Asker, Decision, Grant, No, Title, may_use
from people.models import Institution

#: What somebody may have come for; a disc is lent by other rules (``copies``).
USES: Final = (
    Action.RUN, Action.SHOW, Action.STREAM, Action.DOWNLOAD, Action.INTRANET, Action.EDIT, Action.PUPIL_STREAM,
    Action.PUPIL_DOWNLOAD,
)  # fmt: skip
THE_LEAST: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Need:
    """``number`` slots of a medium from ``start`` to ``end``; ``claim`` is what for, as whoever asks numbers it."""

    claim: int
    medium: Medium
    institution: Institution
    number: int
    start: datetime
    end: datetime


def check(needs: Iterable[Need]) -> None:
    """Whether each may be used all that time, as far as it does not depend on slots. Raises NotLicensedThen."""
    for need in needs:
        _parts(need)


def keep(needs: Sequence[Need], *, now: datetime) -> None:
    """Their claims have exactly these slots from now on, and others if they had others. Where nothing is counted,
    or the institution has a slot for good, none is needed.

    Raises NotLicensedThen or NoSlotThen; then nothing was written by way of a savepoint around it.
    """
    lasting = [need for need in needs if need.number and need.end > now]
    parts = {need.claim: [part for part in _parts(need) if part[0].end > now] for need in lasting}
    claims = {need.claim for need in needs}
    held = Seat.objects.held().filter(kept_for__in=claims)
    ids = {grant.id for its in parts.values() for _, grants in its for grant in grants}
    ids |= set(held.values_list("entitlement", flat=True))
    locked = {it.pk: it for it in Entitlement.objects.filter(pk__in=ids).lock()}
    let_go(claims - parts.keys(), now=now)
    for claim, its in parts.items():
        mine = list(Seat.objects.held().filter(kept_for=claim).order_by("held_at", "pk"))
        for part, grants in reversed(its):  # what no part has a use for is the first one's to let go
            theirs = [seat for seat in mine if part is its[0][0] or seat.entitlement_id in {it.id for it in grants}]
            mine = [seat for seat in mine if seat not in theirs]
            _keep(part, [(grant, locked[grant.id]) for grant in grants], theirs, now)


def let_go(claims: Collection[int], *, now: datetime) -> None:
    """Nothing is kept for these claims any more."""
    free(Seat.objects.held().filter(kept_for__in=claims), now)


def _keep(need: Need, choices: Sequence[tuple[Grant, Entitlement]], mine: Sequence[Seat], now: datetime) -> None:
    """On the best of the entitlements that has room all that time; on the one it has (``mine``), if that goes on."""
    for grant, entitlement in sorted(choices, key=lambda it: all(seat.entitlement_id != it[1].pk for seat in mine)):
        if grant.free is None or _has_one_for_good(need.institution, entitlement):
            free(Seat.objects.filter(pk__in=[seat.pk for seat in mine]), now)
            return
        if _is_kept(need, entitlement, mine, now):
            return
    _, entitlement = choices[0]
    raise NoSlotThen(
        title=need.medium.title, starts_at=need.start, ends_at=need.end, capacity=entitlement.capacity or 0
    )


def _is_kept(need: Need, entitlement: Entitlement, mine: Sequence[Seat], now: datetime) -> bool:
    clear(entitlement, now)
    here = [seat for seat in mine if seat.entitlement_id == entitlement.pk][: need.number]
    gone = [seat.pk for seat in mine if seat not in here]
    for seat in here:
        seat.held_at = seat.held_at if seat.held_at <= now else max(need.start, now)
        seat.expires_at = need.end
    wanted = [
        Seat(institution=need.institution, kept_for=need.claim, held_at=max(need.start, now), expires_at=need.end)
        for _ in range(need.number - len(here))
    ]
    return fit(entitlement, entitlement.capacity or 0, wanted, now=now, changed=here, gone=gone)


def _has_one_for_good(institution: Institution, entitlement: Entitlement) -> bool:
    own = entitlement.seats.held().filter(kind=CapacityKind.SCHOOLS, institution=institution, expires_at__isnull=True)
    return own.exists()


Part = tuple[Need, list[Grant]]


def _parts(need: Need) -> list[Part]:
    """What permits one of USES from the first day to the last, the best first. Where it ends before the need does and
    another goes on, as in the next period of a contract, each has its part of the time.

    Raises NotLicensedThen, with what stands in the way of the use that came furthest, or LicenseEndsBefore.
    """
    zone = need.institution.center.zone
    first = timezone.localdate(need.start, zone)
    last = max(first, timezone.localdate(need.end - THE_LEAST, zone))
    found = grants_of([need.medium], need.institution, AnonymousUser(), need.start).get(need.medium.pk, [])
    known = [replace(grant, has_slot=True) for grant in found]
    action, decision = max(((it, _decided(need, it, first, known)) for it in USES), key=_how_far)
    if decision.reason is not None:
        reason = why_not(decision, need.institution, need.medium, action, need.start)
        raise NotLicensedThen(title=need.medium.title, reason=reason)
    begun = _permitting(need, action, first, known)
    if lasting := _permitting(need, action, last, begun):
        return [(need, lasting)]
    ends_on = max(grant.ends_on or date.max for grant in begun)
    cut = datetime.combine(ends_on + A_DAY, time(), zone)
    try:
        return [*_parts(replace(need, end=cut)), *_parts(replace(need, start=cut))]
    except NotLicensedThen as refusal:
        raise LicenseEndsBefore(title=need.medium.title, ends_on=ends_on) from refusal


def _permitting(need: Need, action: Action, on: date, grants: Iterable[Grant]) -> list[Grant]:
    """Those that permit it on that day, the best first."""
    left, found = list(grants), list[Grant]()
    while grant := _decided(need, action, on, left).grant:
        found.append(grant)
        left.remove(grant)
    return found


def _decided(need: Need, action: Action, on: date, grants: Iterable[Grant]) -> Decision:
    title = Title(need.medium.pk, need.medium.age_rating or 0)
    return may_use(Asker(), place_of(need.institution), title, action, on, grants)


def _how_far(decided: tuple[Action, Decision]) -> int:
    """The later the question at which it failed; allowed is the farthest."""
    reasons = list(No)
    return len(reasons) if decided[1].reason is None else reasons.index(decided[1].reason)
