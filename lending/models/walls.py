"""The deferred sum: PostgreSQL refuses a commit after which some line would not add up (DESIGN 3.3)."""

import pgtrigger

SUM = """
    IF NOT EXISTS (
        SELECT FROM lending_line AS line
        WHERE line.id = {line}
          AND line.claimed <> line.given_up + line.shortfall + (
            SELECT count(*) FROM lending_allocation AS row
            WHERE row.line_id = line.id
              AND (row.holds OR EXISTS (SELECT FROM lending_loan AS loan WHERE loan.allocation_id = row.id))
          )
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'line % does not add up', {line}
        USING ERRCODE = 'check_violation', CONSTRAINT = 'line_adds_up', TABLE = TG_TABLE_NAME;
"""


def line_adds_up(name: str, line: str, *, on: pgtrigger.Operation) -> pgtrigger.Trigger:
    """A trigger that checks the line named by the SQL expression ``line`` when the transaction ends."""
    return pgtrigger.Trigger(
        name=f"{name}_adds_up",
        when=pgtrigger.After,
        operation=on,
        timing=pgtrigger.Deferred,
        level=pgtrigger.Row,
        func=SUM.format(line=line),
    )
