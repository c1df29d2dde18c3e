"""The main job as programs tell it over HTTP: reserve, approve, hand over by codes, be late, renew, take back.

Told once; tests/api plays it in one process, tests/stories over the wire while the servers are being killed.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

V1 = "/api/v1"


class Reply(Protocol):
    status_code: int

    def json(self) -> Any: ...


class Program(Protocol):
    """Acts for one person."""

    def get(self, path: str, data: Mapping[str, Any] | None = None) -> Reply: ...

    def post(self, path: str, data: Mapping[str, Any] | None = None) -> Reply: ...


def reserve(school: Program, institution: int, words: str, days: tuple[date, date]) -> dict[str, Any]:
    """The school finds the product with its dates first, and asks for two."""
    period = {"starts_at": str(days[0]), "ends_at": str(days[1])}
    (found,) = school.get(f"{V1}/products/", {**period, "quantity": 2, "search": words}).json()["results"]
    lines = [{"product": found["id"], "quantity": 2}]
    asked = {"institution": institution, **period, "purpose": "Projektwoche", "lines": lines}
    placed = school.post(f"{V1}/reservations/", asked)
    assert placed.status_code == 201, placed.json()
    reservation: dict[str, Any] = placed.json()
    assert (reservation["state"], reservation["lines"][0]["quantity"]) == ("requested", 2)
    return reservation


def approve(counter: Program, reservation: Mapping[str, Any]) -> None:
    asked = {"state": "requested", "institution": reservation["institution"]}
    assert reservation["id"] in [row["id"] for row in counter.get(f"{V1}/reservations/", asked).json()["results"]]
    assert counter.post(f"{V1}/reservations/{reservation['id']}/approve/").json()["state"] == "approved"


def hand_over(counter: Program, reservation: Mapping[str, Any], codes: Sequence[str]) -> None:
    """The reservation's number opens it, and two units go out by their labels, with an extra."""
    scanned = counter.get(f"{V1}/scan/{reservation['number']}/").json()
    assert (scanned["kind"], scanned["id"]) == ("reservation", reservation["id"])
    told = {"reservation": reservation["id"], "items": list(codes), "extras": [{"name": "Netzteil"}]}
    slip = counter.post(f"{V1}/handovers/", told)
    assert slip.status_code == 201, slip.json()
    assert {loan["code"] for loan in slip.json()["loans"]} == set(codes)


def hand_over_late(counter: Program, institution: int, code: str, now: datetime, *, days: int) -> int:
    """Another thing has been out without a reservation, and was due ``days`` ago; the loan's id."""
    told = {
        "institution": institution,
        "items": [code],
        "happened_at": (now - timedelta(days=days, hours=6)).isoformat(),
        "due_at": (now - timedelta(days=days)).isoformat(),
    }
    walk_in = counter.post(f"{V1}/handovers/", told)
    assert walk_in.status_code == 201, walk_in.json()
    asked = {"overdue": "true", "institution": institution}
    (late,) = (row for row in counter.get(f"{V1}/loans/", asked).json()["results"] if row["code"] == code)
    assert late["is_overdue"]
    return int(late["id"])


def renew(counter: Program, loan: int) -> None:
    renewed = counter.post(f"{V1}/loans/{loan}/renew/")
    assert (renewed.status_code, renewed.json()["renewals"]) == (200, 1), renewed.json()


def take_back(counter: Program, institution: int, codes: Sequence[str]) -> None:
    back = counter.post(f"{V1}/returns/", {"items": [{"code": code} for code in codes]})
    assert back.status_code == 200, back.json()
    asked = {"open": "true", "institution": institution}
    still_out = {row["code"] for row in counter.get(f"{V1}/loans/", asked).json()["results"]}
    assert still_out.isdisjoint(codes)
