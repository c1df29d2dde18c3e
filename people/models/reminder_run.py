from django.db import models

from people.models.center import Center


class ReminderRun(models.Model):
    """A centre's open loans were looked at on this day; that no such row exists is the alarm."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="+")
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("-day",)
        constraints = [models.UniqueConstraint(name="center_has_one_reminder_run_a_day", fields=["center", "day"])]

    def __str__(self) -> str:
        return f"{self.center} {self.day}"
