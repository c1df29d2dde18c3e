"""``python -m bench.replay.capture``: one task a line as JSON on stdin, its statements a line on stdout.

What a request writes is undone; the sequences' state from before it lets the same statements run again.
"""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

SEQUENCES = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK;", "ROLLBACK")


def capture(requests: list[dict[str, Any]]) -> dict[str, Any]:
    browser = Client(SERVER_NAME="localhost")
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        sequences = dict(cursor.fetchall())
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001  lets a durable block be undone
    with around:
        with CaptureQueriesContext(connection) as captured:
            for request in requests:
                answer = _ask(browser, **request)
                if answer.status_code >= 300:
                    raise SystemExit(f"{request['path']}: {answer.status_code} {answer.content[:300]!r}")
        transaction.set_rollback(True)
    statements = [query["sql"] for query in captured.captured_queries if query["sql"] not in BRACKETS]
    return {"statements": statements, "sequences": sequences}


def _ask(browser: Client, *, method: str, path: str, body: str, headers: dict[str, str]) -> Any:
    return browser.generic(method, path, body, "application/json", headers=headers)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(capture(json.loads(line))), flush=True)
