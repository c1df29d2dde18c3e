from django.db import models


class OnceKey(models.Model):
    """One answer that was given under a caller's idempotency key, kept 7 days and replayed byte for byte."""

    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    answered_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="caller_uses_a_key_once", fields=["caller", "key"])]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
