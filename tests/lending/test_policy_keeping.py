"""The centre's rules are edited: what is promised already follows where it must, and nonsense is refused."""

import pytest

from lending import rules
from lending.models import Allocation, Policy
from lending.policies import terms
from lending.presets import PRESETS
from lending.refusals import DefaultStays, ForeignThing, NothingSaid, RemindersOutOfOrder, RuleOutOfRange
from lending.rulebook import Rulebook
from lending.rules.policy_keeping import check
from people.models import JournalEntry
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


def test_an_override_holds_where_it_speaks(center, north, case, cases, manager):
    rules.keep_policy(center, by=manager, loan_days=14)
    rules.keep_policy(center, by=manager, product=case, loan_days=7)
    row = rules.keep_policy(center, by=manager, product=case, loan_days=8)

    assert [terms(it, north).loan_days for it in (case, cases)] == [8, 14]
    assert Policy.objects.count() == 2
    assert JournalEntry.objects.about(row).filter(verb="policy.kept").count() == 2


def test_the_rulebook_resolves_as_the_terms_do(center, north, case, cases, robots, manager):
    rules.keep_policy(center, by=manager, loan_days=20, lead_days=3)
    rules.keep_policy(center, by=manager, category=robots, loan_days=10)
    rules.keep_policy(center, by=manager, product=case, institution_kind="school", loan_days=5)
    rulebook = Rulebook.of(center)

    assert [rulebook.terms(it, north.kind) for it in (case, cases)] == [terms(it, north) for it in (case, cases)]


def test_more_turnaround_blocks_longer_and_says_before_who_is_short(center, case, north, south, anna, bert, manager):
    first = reserve(case, 1, NEXT_WEEK, north, anna)
    second = reserve(case, 1, (at(12), at(15)), south, bert)
    rulebook = Rulebook.of(center)

    effect = rules.preview(center, rulebook.with_policy(Policy(center=center, turnaround_days=2)), now=NOW)
    assert (effect.ranges, [line.reservation for line in effect.short]) == (2, [second])
    assert Allocation.objects.get(line__reservation=first).blocked.upper == at(12)

    rules.keep_policy(center, by=manager, turnaround_days=2)
    rules.follow(center, now=NOW)

    assert Allocation.objects.get(line__reservation=first).blocked.upper == at(16)
    assert (second.lines.get().shortfall, second.lines.get().shortfall_reason) == (1, "calendar")

    rules.keep_policy(center, by=manager, turnaround_days=0)
    rules.follow(center, now=NOW)

    assert second.lines.get().shortfall == 0


def test_another_loan_period_leaves_what_is_promised_alone(center, case, north, anna, manager):
    reservation = reserve(case, 1, NEXT_WEEK, north, anna)
    version = center.calendar_version

    rules.keep_policy(center, by=manager, loan_days=3)

    center.refresh_from_db()
    assert center.calendar_version == version
    assert reservation.lines.get().ends_at == NEXT_WEEK[1]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"loan_days": 0}, RuleOutOfRange),
        ({"horizon_days": 30000}, RuleOutOfRange),
        ({"remind_days_after": [8, 3]}, RemindersOutOfOrder),
        ({"remind_days_after": [1, 2, 3, 4, 5, 6, 7]}, RemindersOutOfOrder),
        ({"remind_days_after": "3"}, RemindersOutOfOrder),
        ({"colour": 3}, TypeError),
    ],
)
def test_nonsense_is_refused(center, manager, said, refusal):
    with pytest.raises(refusal):
        rules.keep_policy(center, by=manager, **said)
    assert not Policy.objects.exists()


def test_an_override_says_something_of_ones_own_things(center, case, foreign_case, manager):
    with pytest.raises(NothingSaid):
        rules.keep_policy(center, by=manager, product=case, loan_days=None)
    with pytest.raises(ForeignThing):
        rules.keep_policy(center, by=manager, product=foreign_case, loan_days=3)


def test_an_override_is_dropped_and_the_default_stays(center, north, case, manager):
    default = rules.keep_policy(center, by=manager, loan_days=14)
    row = rules.keep_policy(center, by=manager, product=case, loan_days=7)

    rules.drop_policy(row, by=manager)

    assert terms(case, north).loan_days == 14
    with pytest.raises(DefaultStays):
        rules.drop_policy(default, by=manager)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_can_be_kept(center, north, case, manager, preset):
    check(preset.said)
    rules.keep_policy(center, by=manager, **preset.said)

    resolved = terms(case, north)
    assert {name: getattr(resolved, name) for name in preset.said} == dict(preset.said)
