"""For each thing the doctor asks, statements that make it untrue when no wall stands in the way."""

BREAKS: dict[str, list[str]] = {
    "walls_stand": ["ALTER TABLE lending_allocation DROP CONSTRAINT item_is_promised_once"],
    "triggers_are_awake": ["ALTER TABLE lending_line DISABLE TRIGGER USER"],
    "journal_cannot_be_emptied": [
        "CREATE ROLE leihwerk_test_app",
        "GRANT SELECT, TRUNCATE ON ALL TABLES IN SCHEMA public TO leihwerk_test_app",
        "SET LOCAL ROLE leihwerk_test_app",
    ],
    "relations_lead_somewhere": ["DELETE FROM inventory_product WHERE name = 'Bee-Bot Set'"],
    "centers_never_meet": [
        "UPDATE lending_reservation SET institution_id = (SELECT id FROM people_institution WHERE name LIKE '%Nebenan')"
    ],
    "member_has_one_role_in_one_place": [
        (
            "INSERT INTO people_membership (user_id, center_id, institution_id, role, requested_at, activated_at)"
            " SELECT user_id, center_id, institution_id, 'coordinator', now(), now() FROM people_membership"
            " WHERE role = 'teacher' AND activated_at IS NOT NULL"
        )
    ],
    "who_has_left_cannot_sign_in": ["UPDATE people_user SET is_active = true WHERE left_at IS NOT NULL"],
    "journal_names_nobody": ['UPDATE people_journalentry SET facts = \'{"who": ["Anna Amsel"]}\''],
    "answers_are_forgotten_in_time": ["UPDATE people_oncekey SET answered_at = '2020-01-01'"],
    "nobody_is_told_twice": [
        (
            "INSERT INTO people_intent (center_id, institution_id, user_id, contact_id, recipient, subject_type,"
            " subject_id, kind, step, facts, needs_release, intended_at) SELECT center_id, institution_id, user_id,"
            " contact_id, recipient, subject_type, subject_id, kind, step, facts, needs_release, intended_at"
            " FROM people_intent"
        )
    ],
    "ended_rights_are_asked_about": ["DELETE FROM licenses_deletiontitle"],
    "deletions_name_titles": ["DELETE FROM licenses_deletiontitle"],
    "deletions_are_told_in_time": ["UPDATE licenses_deletion SET due_on = '2027-02-01'"],
    "keys_open": ["UPDATE licenses_key SET ciphertext = '\\x00'"],
    "parts_are_counted_in_their_own_product": ["UPDATE inventory_itempart SET working = 99"],
    "kit_holds_no_kits": ["UPDATE inventory_item SET kit_id = CASE WHEN id % 2 = 0 THEN id + 1 ELSE id - 1 END"],
    "code_stands_for_one_item": [
        (
            "INSERT INTO inventory_label (center_id, item_id, token, number, issued_at)"
            " SELECT center_id, id, 'SAME', NULL, now() FROM inventory_item"
        )
    ],
    "no_item_in_two_hands": [
        (
            "INSERT INTO lending_loan (center_id, allocation_id, item_id, institution_id, handover_id, handed_over_at,"
            " due_at, renewals, quiet_reason) SELECT center_id, allocation_id, item_id, institution_id, handover_id,"
            " handed_over_at, due_at, 0, '' FROM lending_loan WHERE returned_at IS NULL"
        )
    ],
    "no_item_promised_twice": [
        "UPDATE lending_allocation SET item_id = (SELECT min(item_id) FROM lending_allocation) WHERE kind <> 'outage'",
        "UPDATE lending_allocation SET blocked = '[2027-03-08, 2027-03-12)'",
    ],
    "plans_avoid_outages": [
        "UPDATE lending_allocation SET item_id = (SELECT max(item_id) FROM lending_allocation WHERE kind = 'outage')",
        "UPDATE lending_allocation SET blocked = '[2027-03-08, 2027-03-12)'",
    ],
    "ranges_are_not_empty": ["UPDATE lending_allocation SET blocked = 'empty'"],
    "held_items_are_of_their_product": ["UPDATE inventory_item SET life = 'retired'"],
    "open_loans_hold_their_item": ["UPDATE lending_allocation SET holds = false WHERE kind = 'loan'"],
    "overdue_loans_still_block": [
        "UPDATE lending_allocation SET blocked = '[2020-01-01, 2020-01-02)' WHERE kind = 'loan'",
        "UPDATE lending_handover SET entered_at = '2020-01-01'",
    ],
    "open_outages_hold_their_item": ["UPDATE lending_allocation SET holds = false WHERE kind = 'outage'"],
    "what_is_over_lets_go": [
        "UPDATE lending_allocation SET blocked = '[2020-01-01, 2020-01-02)' WHERE kind = 'outage'"
    ],
    "loans_have_an_allocation_of_their_own": ["UPDATE lending_allocation SET kind = 'loan' WHERE kind = 'plan'"],
    "slots_are_kept_for_lines": ["UPDATE licenses_seat SET kept_for = kept_for + 4711"],
    "lines_add_up": ["UPDATE lending_line SET given_up = given_up + 1"],
    "claims_follow_the_state": ["UPDATE lending_line SET claimed = 0, given_up = 0, shortfall = 0"],
    "what_is_over_keeps_nothing": ["UPDATE lending_reservation SET state = 'canceled'"],
    "plans_lapse": ["UPDATE lending_allocation SET blocked = '[2020-01-01, 2020-01-02)' WHERE kind = 'plan'"],
    "slips_and_loans_agree": [
        "UPDATE lending_handover SET institution_id = (SELECT id FROM people_institution WHERE name LIKE '%Nebenan')"
    ],
    "findings_are_of_their_loan": ["UPDATE lending_finding SET item_id = item_id + 1"],
    "borrowers_are_forgotten_in_time": [
        "UPDATE lending_loan SET returned_at = '2026-01-01', handed_over_at = '2025-12-01' WHERE responsible_id > 0",
        "UPDATE lending_handover SET entered_at = '2026-01-01'",
    ],
}
