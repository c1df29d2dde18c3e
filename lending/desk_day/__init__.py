"""The daily list for the desk: a mail to the centre's own mailbox, on the morning of each open day."""

from lending.desk_day.listing import facts_of_day
from lending.desk_day.sending import centers_due, tell_desk
from lending.desk_day.switch import HOURS, KIND, set_hour

__all__ = ["HOURS", "KIND", "centers_due", "facts_of_day", "set_hour", "tell_desk"]
