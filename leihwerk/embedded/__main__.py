"""``python -m leihwerk.embedded COMMAND``: what ``lw`` hands over to."""

import os
import sys
from typing import NoReturn

from leihwerk.embedded import bundle, checking, holding, locking, places, processes, running, testing, translations


def main(command: str, *arguments: str) -> int:
    if command in {"web", "worker", "beat"}:
        become(getattr(processes, command)())
    if command == "run":
        running.run()
    elif command == "bundle":
        bundle.build()
        translations.compile_all()
    elif command == "translate":
        return translate()
    elif command == "manage":
        return manage(*arguments)
    elif command == "test":
        return testing.test(*arguments)
    elif command == "bench":
        return testing.bench(*arguments)
    elif command == "check":
        return checking.check()
    elif command == "lock":
        locking.lock(*arguments)
    else:
        raise SystemExit(f"Unbekannt: {command}")
    return 0


def manage(*arguments: str) -> int:
    """``manage.py``, beside a running ``lw run`` or with the embedded database started for it alone."""
    command = [sys.executable, str(places.PROJECT / "manage.py"), *arguments]
    if os.environ.get("DATABASE_URL") or arguments[:1] == ("upgrade_database",):  # which starts what it needs itself
        become(command)
    try:
        with running.stoppable(), holding.hold(), running.served_database() as (_, environment):
            return running.follow(command, environment)
    except holding.HeldByAnother:
        become(command)


def translate() -> int:
    missing = translations.update()
    translations.compile_all()
    if missing:
        raise SystemExit("\n".join(["Noch ohne Englisch:", *missing]))
    return 0


def become(command: list[str]) -> NoReturn:
    os.execv(command[0], command)  # noqa: S606 - no shell is meant


if __name__ == "__main__":
    raise SystemExit(main(*(sys.argv[1:] or ["run"])))
