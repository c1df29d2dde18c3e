"""An installation's own settings, with a timetable in fast motion and a guard taken away where somebody wants it so."""

from leihwerk.settings import *  # noqa: F403 - the same in everything else
from leihwerk.settings import INSTALLED_APPS as OWN_APPS
from leihwerk.timetable import TIMETABLE

INSTALLED_APPS = [*OWN_APPS, "bench.house.sabotage.Sabotage"]
CELERY_BEAT_SCHEDULE = {
    name: {"task": entry["task"], "schedule": 3.0, "options": {"expires": 3}} for name, entry in TIMETABLE.items()
}
