"""What letters about reservations and loans can say (people.letters.glossary)."""

from typing import Final

from lending.glossaries import desk_day, loans, reminders, reservations, suspensions

GLOSSARIES: Final = {
    **reservations.GLOSSARIES,
    **loans.GLOSSARIES,
    **reminders.GLOSSARIES,
    **suspensions.GLOSSARIES,
    **desk_day.GLOSSARIES,
}
