"""Days as numbers and as the text of their ten o'clock: quick enough for millions of rows."""

from datetime import date, datetime, time, timedelta
from typing import Final

from lending.due_dates import at, local_day

TEN: Final = time(10)
FRIDAY: Final = 4


class Days:
    """Day 0 is today. ``reached`` is the last day whose ten o'clock is over."""

    def __init__(self, now: datetime, *, back: int, ahead: int) -> None:
        self.now, self.today = now, local_day(now)
        self.reached = 0 if now >= at(self.today, TEN) else -1
        self._texts = {number: str(self.moment(number)) for number in range(-back, ahead)}

    def day(self, number: int) -> date:
        return self.today + timedelta(days=number)

    def moment(self, number: int) -> datetime:
        return at(self.day(number), TEN)

    def text(self, number: int) -> str:
        return self._texts[number]

    def span(self, start: int, end: int) -> str:
        """A half-open range of moments, as PostgreSQL reads it."""
        return f'["{self._texts[start]}","{self._texts[end]}")'

    def working(self, number: int) -> int:
        """That day, or the Monday after it."""
        weekday = (self.today.weekday() + number) % 7
        return number if weekday <= FRIDAY else number + 7 - weekday
