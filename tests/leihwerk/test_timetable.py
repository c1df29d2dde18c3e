from leihwerk.celery import app
from leihwerk.timetable import TIMETABLE


def test_every_sentence_names_a_task_that_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in TIMETABLE.values()} <= set(app.tasks)


def test_no_night_task_stands_in_the_hour_that_summer_time_takes_away():
    for sentence, entry in TIMETABLE.items():
        hours = entry["schedule"].hour
        assert len(hours) > 1 or not hours & {2}, sentence
