"""What must always be true about people, the journal and once-only keys."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check

CHECKS: Final = (
    Check(
        "member_has_one_role_in_one_place",
        _("Jede Person hat an einem Ort höchstens eine Rolle."),
        """
        SELECT user_id, center_id, institution_id FROM people_membership
        WHERE ended_at IS NULL AND activated_at IS NOT NULL
        GROUP BY user_id, center_id, institution_id HAVING count(*) > 1
        """,
    ),
    Check(
        "who_has_left_cannot_sign_in",
        _("Wer ausgeschieden ist, kann sich nicht anmelden."),
        """
        SELECT person.id AS user FROM people_user AS person
        WHERE person.left_at IS NOT NULL AND (
            person.is_active
            OR EXISTS (SELECT FROM people_membership WHERE user_id = person.id AND ended_at IS NULL)
            OR EXISTS (SELECT FROM people_accesstoken WHERE user_id = person.id)
        )
        """,
    ),
    Check(
        "journal_names_nobody",
        _("Im Protokoll stehen Kennungen, Zahlen und Zeiten, keine Namen und kein Freitext."),
        r"""
        SELECT entry.id AS entry, entry.verb FROM people_journalentry AS entry
        WHERE EXISTS (
            SELECT FROM jsonb_path_query(entry.facts, '$.** ? (@.type() == "string")') AS fact
            WHERE fact #>> '{}' !~ '^[A-Za-z0-9_.:+-]{0,80}$'
        )
        """,
    ),
    Check(
        "answers_are_forgotten_in_time",
        _("Antworten zu Einmalschlüsseln werden nach sieben Tagen vergessen."),
        "SELECT id AS answer, answered_at FROM people_oncekey WHERE answered_at < %(now)s - interval '9 days'",
    ),
    Check(
        "nobody_is_told_twice",
        _("Niemand bekommt dieselbe Nachricht zweimal."),
        """
        SELECT subject_type, subject_id, kind, step, recipient, count(*) FROM people_intent
        WHERE withdrawn_at IS NULL GROUP BY subject_type, subject_id, kind, step, recipient HAVING count(*) > 1
        """,
    ),
)
