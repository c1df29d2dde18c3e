"""Questions whose answer must be no rows. Each row says which thing is wrong and how."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Question:
    """``sql`` answers with ids and figures of what breaks the rule, never with names of people."""

    rule: str
    sql: str


LENDING: Final = (
    Question(
        "an item is in one pair of hands",
        "SELECT item_id, count(*) AS loans FROM lending_loan WHERE returned_at IS NULL GROUP BY 1 HAVING count(*) > 1",
    ),
    Question(
        "an item is promised once",
        """
        SELECT a.item_id, a.id AS one, b.id AS other FROM lending_allocation a JOIN lending_allocation b
        ON a.item_id = b.item_id AND a.id < b.id AND a.blocked && b.blocked
        WHERE a.holds AND b.holds AND a.kind <> 'outage' AND b.kind <> 'outage'
        """,
    ),
    Question(
        "a plan avoids outages",
        """
        SELECT p.item_id, p.id AS plan, o.id AS outage FROM lending_allocation p JOIN lending_allocation o
        ON p.item_id = o.item_id AND p.blocked && o.blocked
        WHERE p.holds AND o.holds AND p.kind = 'plan' AND o.kind = 'outage'
        """,
    ),
    Question("a range is never empty", "SELECT id FROM lending_allocation WHERE isempty(blocked)"),
    Question(
        "a line adds up",
        """
        SELECT line.id, line.claimed, line.given_up, line.shortfall, count(row.id) AS rows
        FROM lending_line line LEFT JOIN lending_allocation row ON row.line_id = line.id
         AND (row.holds OR EXISTS (SELECT FROM lending_loan WHERE allocation_id = row.id))
        GROUP BY line.id HAVING line.claimed <> line.given_up + line.shortfall + count(row.id)
        """,
    ),
    Question(
        "what holds nothing claims nothing",
        """
        SELECT line.id, r.state FROM lending_line line JOIN lending_reservation r ON r.id = line.reservation_id
        WHERE (r.state IN ('draft', 'waitlisted', 'submitted') AND line.claimed > 0)
           OR (r.state IN ('requested', 'offered', 'approved', 'ready') AND line.claimed = 0)
        """,
    ),
    Question(
        "what has ended keeps no unit",
        """
        SELECT row.id, r.state FROM lending_allocation row JOIN lending_line line ON line.id = row.line_id
        JOIN lending_reservation r ON r.id = line.reservation_id
        WHERE row.kind = 'plan' AND row.holds AND r.state IN ('canceled', 'rejected', 'expired', 'no_show')
        """,
    ),
    Question(
        "a planned item is lendable and of its product",
        """
        SELECT row.id, row.item_id FROM lending_allocation row JOIN inventory_item item ON item.id = row.item_id
        WHERE row.holds AND (row.product_id <> item.product_id OR (row.kind = 'plan' AND NOT item.lendable))
        """,
    ),
    Question(
        "a loan has a row of its kind, and an open one holds its item",
        """
        SELECT loan.id, row.kind, row.holds
        FROM lending_loan loan JOIN lending_allocation row ON row.id = loan.allocation_id
        WHERE row.kind <> 'loan' OR row.item_id <> loan.item_id OR (loan.returned_at IS NULL AND NOT row.holds)
        """,
    ),
    Question(
        "a row of a loan has its loan, an open outage its row",
        """
        SELECT row.id, row.kind FROM lending_allocation row
        WHERE (row.kind = 'loan' AND NOT EXISTS (SELECT FROM lending_loan WHERE allocation_id = row.id))
        UNION ALL
        SELECT o.id, 'outage' FROM lending_outage o WHERE o.ended_at IS NULL AND NOT EXISTS
          (SELECT FROM lending_allocation row WHERE row.outage_id = o.id AND row.holds)
        """,
    ),
    Question(
        "what is late goes on blocking (the timetable runs)",
        """
        SELECT loan.id, loan.due_at FROM lending_loan loan JOIN lending_allocation row ON row.id = loan.allocation_id
        WHERE loan.returned_at IS NULL AND upper(row.blocked) < now() - interval '26 hours'
        """,
    ),
    Question(
        "what is over lets go (the timetable runs)",
        """
        SELECT row.id, upper(row.blocked) AS ended FROM lending_allocation row
        WHERE row.holds AND row.kind <> 'plan' AND upper(row.blocked) < now() - interval '3 days'
          AND NOT EXISTS (SELECT FROM lending_loan WHERE allocation_id = row.id AND returned_at IS NULL)
        """,
    ),
)
