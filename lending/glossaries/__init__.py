"""What letters about reservations and loans can say (people.letters.glossary)."""

from typing import Final

from lending.glossaries import loans, reminders, reservations, suspensions

GLOSSARIES: Final = {**reservations.GLOSSARIES, **loans.GLOSSARIES, **reminders.GLOSSARIES, **suspensions.GLOSSARIES}
