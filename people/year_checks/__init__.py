"""Once in a school year a school is asked who still works there; by a link, without signing in (TEXTS 5)."""

from people.year_checks.answering import answer
from people.year_checks.asking import ask, ask_by_plan
from people.year_checks.ending import end_what_was_said
from people.year_checks.planning import plan
from people.year_checks.reach import Reached, reached, school_year_of

__all__ = ["Reached", "answer", "ask", "ask_by_plan", "end_what_was_said", "plan", "reached", "school_year_of"]
