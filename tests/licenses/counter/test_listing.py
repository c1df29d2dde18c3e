"""The other answers of the COUNTER API are valid by its official schema, too."""

from datetime import date

from licenses.counter.asking import Available
from licenses.counter.listing import members, reports, status


def test_the_status(complaints):
    told = status(description="Leihwerk")

    assert [complaints("Status", each) for each in told] == [[]]
    assert complaints("Status", {"Description": "Leihwerk"}) != []


def test_the_members(complaints, school):
    told = members([("100123", school)])

    assert [complaints("Member", each) for each in told] == [[]]
    assert complaints("Member", told[0] | {"Address": "Köln"}) != []


def test_the_reports_with_their_months(complaints):
    told = reports(Available(date(2025, 3, 1), date(2026, 4, 1)))

    assert [complaints("Report", each) for each in told] == [[]] * 4
    assert [each["Path"] for each in told] == [f"/r51/reports/{code}" for code in ("pr", "pr_p1", "ir", "ir_m1")]
    assert (told[0]["First_Month_Available"], told[0]["Last_Month_Available"]) == ("2025-03", "2026-04")
    assert complaints("Report", told[0] | {"First_Month_Available": "März"}) != []
