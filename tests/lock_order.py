"""One order of locks, looked at while tests run: in a verb the gate comes first, and complete (DESIGN 3.6)."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection

#: What is locked by selecting it, and what is written; Django's own quoting.
LOCKS = re.compile(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL)
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
GATE = "inventory_product"
#: Locked before every verb or beside all of them: the door's key and who is signed in.
BESIDE = re.compile(r"^(?:people_oncekey|people_accesstoken|django_session|people_user)$")


class LockOrder:
    """An execute wrapper of Django. A verb is the outermost savepoint that is opened while this looks."""

    def __init__(self) -> None:
        self.look_from_here()
        self.offences: list[str] = []
        self.verbs = 0
        self._verb: str | None = None
        self._gate: frozenset[Any] = frozenset()
        self._first = ""

    def look_from_here(self) -> None:
        """Whatever is open by now is no verb: it is around several."""
        self._around = len(connection.savepoint_ids)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's signature
        self._look(sql, params)
        return execute(sql, params, many, context)

    def _look(self, sql: str, params: Any) -> None:
        verb = next((sid for sid in connection.savepoint_ids[self._around :] if sid), None)
        if verb != self._verb:
            self._verb, self._gate, self._first = verb, frozenset(), ""
        found = LOCKS.search(sql) or WRITES.search(sql)
        if verb is None or found is None or BESIDE.match(found[1]):
            return
        if found[1] != GATE or "FOR NO KEY UPDATE" not in sql:
            self._first = self._first or found[0][:60]
        elif self._gate and not self._gate.issuperset(params):
            self.offences.append(f"a second gate {params} behind {sorted(self._gate)}")
        elif not self._gate:
            self.verbs += 1
            self._gate = frozenset(params)
            if self._first:
                self.offences.append(f"gate {params} after {self._first}")
