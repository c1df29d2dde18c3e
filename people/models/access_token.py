from django.conf import settings
from django.db import models
from django.db.models import F, Q


class AccessToken(models.Model):
    """Lets one program act for one person until it expires. Only its digest is kept: reading it opens nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="access_token_expires_after_it_is_issued", condition=Q(expires_at__gt=F("issued_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"
