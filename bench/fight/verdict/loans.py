"""Every handover that was told of is one loan for each code; every return ended its loan, once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from bench.fight.chronicle import Deed
from bench.fight.truth import Handover, Loan, Truth, grouped
from bench.fight.verdict.breach import Breach, moment

HANDOVERS = frozenset({"hand over", "hand over unreserved"})


def breaches(truth: Truth, deeds: list[Deed]) -> Iterator[Breach]:
    slips = grouped(truth.handovers, "collected_by")
    loans = grouped(truth.loans, "handover_id")
    known = {deed.key for deed in deeds if deed.act in HANDOVERS}
    for key in slips.keys() - known:
        yield Breach("untold", f"nobody asked for {slips[key]}")
    for deed in deeds:
        if deed.act in HANDOVERS:
            found = slips.get(deed.key, [])
            yield from _there_once(deed, found)
            if len(found) == 1:
                yield from _whole(deed, found[0], loans[found[0].id], truth.item_of)
    yield from _returned(truth, deeds)
    yield from _renewed(truth, deeds)


def _there_once(deed: Deed, slips: list[Handover]) -> Iterator[Breach]:
    if len(slips) > 1:
        yield Breach("doubled", f"{deed.key}: {slips}")
    elif deed.is_done and (not slips or slips[0].id != deed.answer["id"]):
        yield Breach("lost", f"{deed.key}: handover {deed.answer['id']} was told, {slips} is there")
    elif slips and deed.is_answered and not deed.is_done:
        yield Breach("untold", f"{deed.key} was refused ({deed.code}) and is there: {slips[0]}")


def _whole(deed: Deed, slip: Handover, loans: list[Loan], item_of: dict[str, int]) -> Iterator[Breach]:
    """All or nothing, whether anybody was told or not."""
    wanted = sorted(item_of[code] for code in deed.body["items"])
    if slip.finished_at is None or sorted(loan.item_id for loan in loans) != wanted:
        yield Breach("half", f"{deed.key}: items {wanted} on {slip}: {loans}")
    told = sorted(loan["id"] for loan in deed.answer.get("loans", []))
    if deed.is_done and told != sorted(loan.id for loan in loans):
        yield Breach("lost", f"{deed.key}: loans {told} were told, {loans} are there")


def _returned(truth: Truth, deeds: list[Deed]) -> Iterator[Breach]:
    returns = [deed for deed in deeds if deed.act == "return"]
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for deed in returns:
        if deed.is_done:
            for loan in deed.answer["loans"]:
                told[loan["id"]].append(loan)
            if len(deed.answer["loans"]) != len(deed.body["items"]):
                yield Breach("half", f"{deed.key}: {deed.body['items']} came back, {deed.answer['loans']} ended")
    unsure = {truth.item_of[it["code"]] for deed in returns if not deed.is_answered for it in deed.body["items"]}
    loans = {loan.id: loan for loan in truth.loans}
    for pk in told.keys() - loans.keys():
        yield Breach("lost", f"loan {pk} was told to be back and is not there")
    for loan in truth.loans:
        if loan.id in told and loan.returned_at != moment(told[loan.id][0]["returned_at"]):
            yield Breach("lost", f"{loan} was told to be back at {told[loan.id][0]['returned_at']}")
        if len(told[loan.id]) > 1 or truth.journal.get(("loan.returned", loan.id), 0) > 1:
            yield Breach("doubled", f"{loan} came back twice: {told[loan.id]}")
        if loan.returned_at is not None and not told[loan.id] and loan.item_id not in unsure:
            yield Breach("untold", f"nobody was told that {loan} is back")


def _renewed(truth: Truth, deeds: list[Deed]) -> Iterator[Breach]:
    renewals = [deed for deed in deeds if deed.act == "renew"]
    told = Counter(deed.answer["id"] for deed in renewals if deed.is_done)
    unsure = Counter(int(deed.path.split("/")[1]) for deed in renewals if not deed.is_answered)
    last: dict[int, dict[str, Any]] = {}
    for deed in deeds:
        if deed.is_done and deed.act in HANDOVERS:
            last |= {loan["id"]: loan for loan in deed.answer["loans"] if loan["id"] not in last}
        if deed.is_done and deed.act == "renew":
            before = last.get(deed.answer["id"], {"renewals": 0})
            last[deed.answer["id"]] = max(before, deed.answer, key=lambda it: int(it["renewals"]))
    for loan in truth.loans:
        if not told[loan.id] <= loan.renewals <= told[loan.id] + unsure[loan.id]:
            name = "lost" if loan.renewals < told[loan.id] else "doubled"
            yield Breach(name, f"{loan} was told to be renewed {told[loan.id]} times")
        if loan.id in last and not unsure[loan.id] and loan.due_at != moment(last[loan.id]["due_at"]):
            yield Breach("lost", f"{loan} was told to be due at {last[loan.id]['due_at']}")
