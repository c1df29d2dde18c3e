from people.models.access_token import AccessToken
from people.models.calendar import Closure, OpeningHours, SchoolHoliday
from people.models.center import Center
from people.models.contact import Contact
from people.models.institution import Institution
from people.models.journal import JournalEntry
from people.models.letter import Intent, Letter
from people.models.membership import Membership
from people.models.once import OnceKey
from people.models.reminder_run import ReminderRun
from people.models.running import MailTurn, TaskRun
from people.models.upload import Upload
from people.models.user import User
from people.models.wording import Wording
from people.models.year_check import YearCheck

__all__ = [
    "AccessToken",
    "Center",
    "Closure",
    "Contact",
    "Institution",
    "Intent",
    "JournalEntry",
    "Letter",
    "MailTurn",
    "Membership",
    "OnceKey",
    "OpeningHours",
    "ReminderRun",
    "SchoolHoliday",
    "TaskRun",
    "Upload",
    "User",
    "Wording",
    "YearCheck",
]
