"""What Leihwerk does by itself, and when: sentences for celery beat.

Tasks are named as strings, for the floor knows no upper floor. Every task can be run twice; none relies on having run
before. Hours are local (Europe/Berlin); no night task stands between 2 and 3, the hour that is missing in March and
comes twice in October.
"""

from typing import Any

from celery.schedules import crontab


def every_minute(task: str) -> dict[str, Any]:
    """A worker that was away does not answer all the bells it missed."""
    return {"task": task, "schedule": crontab(), "options": {"expires": 55}}


def every_ten_minutes(task: str) -> dict[str, Any]:
    return {"task": task, "schedule": crontab(minute="*/10"), "options": {"expires": 590}}


def hourly(task: str, *, between: str = "*", minute: int = 0) -> dict[str, Any]:
    return {"task": task, "schedule": crontab(minute=minute, hour=between)}


def twice_a_month(task: str, *, at: str) -> dict[str, Any]:
    """On the 10th, and on the 28th, by when figures of the month before are to be there (COUNTER 5.1, 6.2)."""
    hour, minute = at.split(":")
    return {"task": task, "schedule": crontab(minute=minute, hour=hour, day_of_month="10,28")}


def nightly(task: str, *, at: str) -> dict[str, Any]:
    hour, minute = at.split(":")
    return {"task": task, "schedule": crontab(minute=minute, hour=hour)}


TIMETABLE = {
    "Write and send the letters that are due": every_minute("people.tasks.deliver"),
    "Take the bounces out of the mailbox": every_ten_minutes("people.tasks.fetch_bounces"),
    "Remind borrowers of what is due or late": hourly("lending.tasks.remind", between="6-18"),
    "Let what is planned follow changed rules": every_minute("lending.tasks.follow_changed_rules"),
    "Keep late items blocked": hourly("lending.tasks.keep_late_items_blocked", minute=5),
    "Serve who is short, notice what was imported": hourly("lending.tasks.plan_again", minute=10),
    "Free what nobody collected, let unanswered wishes lapse": hourly("lending.tasks.let_lapse", minute=15),
    "Offer or tell those who wait what is free": every_ten_minutes("lending.tasks.serve_who_waits"),
    "Send the desk the list of its day": hourly("lending.tasks.send_desk_day", between="5-11"),
    "Ask the schools who still works there": nightly("people.tasks.ask_who_still_works_there", at="05:20"),
    "End the accounts that a school did not tick": nightly("people.tasks.end_who_was_not_ticked", at="00:20"),
    "End suspensions when everything is back": every_ten_minutes("lending.tasks.end_settled_suspensions"),
    "Free the seats of leases that are over and of people who left": hourly("licenses.tasks.reclaim_seats", minute=20),
    "Let contracts go on that renew themselves": nightly("licenses.tasks.renew_what_renews_itself", at="00:30"),
    "Count yesterday's uses of media": nightly("licenses.tasks.count_uses", at="03:10"),
    "Ask schools to delete what ends": nightly("licenses.tasks.ask_to_delete", at="05:40"),
    "Fetch what providers tell of use": twice_a_month("licenses.tasks.fetch_usage", at="04:40"),
    "Tell managers of contracts to decide about": nightly("licenses.tasks.tell_of_deadlines", at="06:05"),
    "Let go of what is over": nightly("lending.tasks.let_go_of_what_is_over", at="03:05"),
    "Forget people whose business is over, and what was only kept for a while": nightly(
        "office.tasks.forget", at="03:10"
    ),
}
