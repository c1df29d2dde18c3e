"""What must always be true about lending (DESIGN 3), asked independently of the constraints that enforce it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check

UNITS: Final = (
    Check(
        "no_item_in_two_hands",
        _("Kein Exemplar ist zweimal ausgeliehen."),
        """
        SELECT item_id AS item, count(*) FROM lending_loan WHERE returned_at IS NULL
        GROUP BY item_id HAVING count(*) > 1
        """,
    ),
    Check(
        "no_item_promised_twice",
        _("Kein Exemplar ist zweimal zur selben Zeit versprochen."),
        """
        SELECT one.item_id AS item, one.id AS allocation, other.id AS and FROM lending_allocation AS one
        JOIN lending_allocation AS other
          ON other.item_id = one.item_id AND other.id > one.id AND other.blocked && one.blocked
        WHERE one.holds AND other.holds AND one.kind <> 'outage' AND other.kind <> 'outage'
        """,
    ),
    Check(
        "plans_avoid_outages",
        _("Kein gesperrtes Exemplar ist vorgesehen."),
        """
        SELECT plan.item_id AS item, plan.id AS plan, outage.id AS outage FROM lending_allocation AS plan
        JOIN lending_allocation AS outage ON outage.item_id = plan.item_id AND outage.blocked && plan.blocked
        WHERE plan.holds AND outage.holds AND plan.kind = 'plan' AND outage.kind = 'outage'
        """,
    ),
    Check(
        "ranges_are_not_empty",
        _("Jede Zuteilung belegt eine Zeit."),
        "SELECT id AS allocation FROM lending_allocation WHERE isempty(blocked)",
    ),
    Check(
        "held_items_are_of_their_product",
        _("Zugeteilt sind Exemplare des Artikels, und vorgesehen nur verleihbare."),
        """
        SELECT row.id AS allocation, row.item_id AS item FROM lending_allocation AS row
        JOIN inventory_item AS item ON item.id = row.item_id
        WHERE row.holds AND (item.product_id <> row.product_id OR (row.kind = 'plan' AND NOT item.lendable))
        """,
    ),
    Check(
        "open_loans_hold_their_item",
        _("Was ausgeliehen ist, ist belegt."),
        """
        SELECT loan.id AS loan FROM lending_loan AS loan
        JOIN lending_allocation AS row ON row.id = loan.allocation_id
        WHERE loan.returned_at IS NULL AND (NOT row.holds OR row.kind <> 'loan')
           OR row.item_id <> loan.item_id OR row.center_id <> loan.center_id
        """,
    ),
    Check(
        "overdue_loans_still_block",
        _("Was überfällig ist, bleibt belegt."),
        """
        SELECT loan.id AS loan, upper(row.blocked) AS until FROM lending_loan AS loan
        JOIN lending_allocation AS row ON row.id = loan.allocation_id
        JOIN lending_handover AS handover ON handover.id = loan.handover_id
        WHERE loan.returned_at IS NULL AND upper(row.blocked) < %(now)s - interval '1 day'
          AND handover.entered_at < %(now)s - interval '1 day'
        """,
    ),
    Check(
        "open_outages_hold_their_item",
        _("Was gesperrt ist, ist belegt."),
        """
        SELECT outage.id AS outage FROM lending_outage AS outage
        WHERE outage.ended_at IS NULL
          AND NOT EXISTS (SELECT FROM lending_allocation AS row WHERE row.outage_id = outage.id AND row.holds)
        """,
    ),
    Check(
        "what_is_over_lets_go",
        _("Was zurück oder behoben ist, belegt nichts mehr."),
        """
        SELECT row.id AS allocation, upper(row.blocked) AS ended FROM lending_allocation AS row
        WHERE row.holds AND row.kind <> 'plan' AND upper(row.blocked) < %(now)s - interval '8 days'
          AND NOT EXISTS (SELECT FROM lending_loan WHERE allocation_id = row.id AND returned_at IS NULL)
        """,
    ),
    Check(
        "loans_have_an_allocation_of_their_own",
        _("Zu jeder Zuteilung einer Ausleihe gehört genau eine Ausleihe."),
        """
        SELECT row.id AS allocation FROM lending_allocation AS row
        LEFT JOIN lending_loan AS loan ON loan.allocation_id = row.id
        WHERE row.kind = 'loan' GROUP BY row.id HAVING count(loan.id) <> 1
        """,
    ),
)

CLAIMS: Final = (
    Check(
        "lines_add_up",
        _("Jede Position geht auf: belegt, aufgegeben und fehlend sind zusammen so viel wie beansprucht."),
        """
        SELECT line.id AS line, line.claimed, line.given_up, line.shortfall FROM lending_line AS line
        WHERE line.claimed <> line.given_up + line.shortfall + (
            SELECT count(*) FROM lending_allocation AS row WHERE row.line_id = line.id
               AND (row.holds OR EXISTS (SELECT FROM lending_loan AS loan WHERE loan.allocation_id = row.id))
        )
        """,
    ),
    Check(
        "claims_follow_the_state",
        _("Was zugesagt ist, ist beansprucht; was nur gewünscht ist, beansprucht nichts."),
        """
        SELECT reservation.id AS reservation, reservation.state, line.id AS line, line.claimed FROM lending_line AS line
        JOIN lending_reservation AS reservation ON reservation.id = line.reservation_id
        WHERE (reservation.state IN ('draft', 'submitted', 'waitlisted') AND line.claimed <> 0)
           OR (reservation.state IN ('requested', 'offered', 'approved', 'ready') AND line.claimed <> line.quantity)
        """,
    ),
    Check(
        "what_is_over_keeps_nothing",
        _("Für abgelehnte, stornierte, verfallene und nicht abgeholte Reservierungen ist nichts vorgesehen."),
        """
        SELECT reservation.id AS reservation, reservation.state, line.id AS line FROM lending_line AS line
        JOIN lending_reservation AS reservation ON reservation.id = line.reservation_id
        WHERE reservation.state IN ('rejected', 'canceled', 'expired', 'no_show')
          AND (line.shortfall > 0 OR EXISTS (
              SELECT FROM lending_allocation AS row WHERE row.line_id = line.id AND row.kind = 'plan' AND row.holds
          ))
        """,
    ),
    Check(
        "plans_lapse",
        _("Für vergangene Tage ist nichts mehr vorgesehen."),
        """
        SELECT row.id AS allocation, row.line_id AS line, upper(row.blocked) AS ended FROM lending_allocation AS row
        WHERE row.holds AND row.kind = 'plan' AND upper(row.blocked) < %(now)s - interval '8 days'
        """,
    ),
    Check(
        "slips_and_loans_agree",
        _("Leihschein, Ausleihe und Reservierung nennen dieselbe Einrichtung."),
        """
        SELECT loan.id AS loan, handover.id AS handover FROM lending_loan AS loan
        JOIN lending_handover AS handover ON handover.id = loan.handover_id
        LEFT JOIN lending_reservation AS reservation ON reservation.id = handover.reservation_id
        WHERE loan.institution_id <> handover.institution_id
           OR reservation.institution_id <> handover.institution_id
        """,
    ),
    Check(
        "findings_are_of_their_loan",
        _("Ein Mangel nennt das Exemplar der Ausleihe, bei der er auffiel."),
        """
        SELECT finding.id AS finding FROM lending_finding AS finding
        JOIN lending_loan AS loan ON loan.id = finding.loan_id WHERE loan.item_id <> finding.item_id
        """,
    ),
    Check(
        "borrowers_are_forgotten_in_time",
        _("Neunzig Tage nach der Rückgabe ist vergessen, wer ausgeliehen hatte."),
        """
        SELECT loan.id AS loan, loan.returned_at FROM lending_loan AS loan
        JOIN lending_handover AS handover ON handover.id = loan.handover_id
        WHERE loan.returned_at < %(now)s - interval '92 days' AND handover.entered_at < %(now)s - interval '2 days'
          AND (loan.responsible_id IS NOT NULL OR loan.contact_id IS NOT NULL)
          AND NOT EXISTS (SELECT FROM lending_finding WHERE loan_id = loan.id AND resolved_at IS NULL)
          AND NOT EXISTS (SELECT FROM lending_extra WHERE handover_id = handover.id AND returned_at IS NULL)
        """,
    ),
)

LICENSES: Final = (
    Check(
        "slots_are_kept_for_lines",
        _("Lizenzplätze werden nur für Positionen vorgehalten, und je Stück so viele wie versprochen."),
        """
        SELECT seat.kept_for AS line, count(*) AS kept, line.units * line.slots AS promised FROM licenses_seat AS seat
        LEFT JOIN (
            SELECT line.id, line.slots, line.shortfall
                   + count(*) FILTER (WHERE row.kind = 'plan' AND row.holds)
                   + count(*) FILTER (WHERE loan.id IS NOT NULL AND loan.returned_at IS NULL) AS units
              FROM lending_line AS line
              LEFT JOIN lending_allocation AS row ON row.line_id = line.id
              LEFT JOIN lending_loan AS loan ON loan.allocation_id = row.id
             WHERE line.medium_id IS NOT NULL GROUP BY line.id
        ) AS line ON line.id = seat.kept_for
        WHERE seat.kept_for IS NOT NULL AND seat.released_at IS NULL AND seat.expires_at > %(now)s
        GROUP BY seat.kept_for, seat.expires_at, line.units, line.slots
        HAVING count(*) IS DISTINCT FROM line.units * line.slots
        """,
    ),
)

CHECKS: Final = UNITS + CLAIMS + LICENSES
