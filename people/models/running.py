"""What an installation knows of its own running; belongs to no centre."""

from django.db import models
from django.db.models import Q


class MailTurn(models.Model):
    """When the next letter may be handed to the mail server: one row, which all workers wait for."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    next_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="all_workers_share_one_turn", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.next_at}"


class TaskRun(models.Model):
    """When one worker last finished one task, and how that went."""

    task = models.CharField(max_length=120)
    worker = models.CharField(max_length=120)
    ended_at = models.DateTimeField(db_index=True)
    is_good = models.BooleanField()

    class Meta:
        ordering = ("task", "worker")
        constraints = [models.UniqueConstraint(name="worker_has_one_last_run_of_a_task", fields=["task", "worker"])]

    def __str__(self) -> str:
        return f"{self.task} {self.worker}"
