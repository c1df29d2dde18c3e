"""Is this the demo centre?"""

import os

from leihwerk import env
from leihwerk.embedded.places import data_directory

LOGINS = """\
Anmeldungen (Passwort: demo)
  lehrkraft@demo.example      Lehrkraft
  koordination@demo.example   Koordination der Schule
  theke@demo.example          Theke
  leitung@demo.example        Leitung
  revision@demo.example       Revision
  betrieb@demo.example        Betrieb der Installation
  nachbar@demo.example        Theke des Nachbarzentrums"""


def decide(database_url: str) -> bool:
    """``LEIHWERK_DEMO`` decides; else what was decided for this data directory before; else an empty database.

    The decision is remembered, so that a centre that grew out of the demo is never mistaken for an empty one.
    """
    memory = data_directory() / "demo"
    if told := os.environ.get("LEIHWERK_DEMO"):
        is_demo = told.lower() in {"1", "true", "yes", "on"}
    elif memory.exists():
        is_demo = memory.read_text() == "1"
    else:
        is_demo = not has_center(database_url)
    memory.write_text("1" if is_demo else "0")
    return is_demo


def has_center(database_url: str) -> bool:
    with env.connect(database_url) as connection:
        if connection.execute("SELECT to_regclass('people_center')").fetchone() == (None,):
            return False
        return connection.execute("SELECT FROM people_center LIMIT 1").rowcount > 0
