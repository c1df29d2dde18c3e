from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from people.models import Center


class Edition(models.Model):
    """The calendar that an edit of the rules replaced, kept until everything that was planned by it has followed.

    ``hours`` are [weekday, opens, closes], ``closures`` [first day, last day]:
    why it was closed is nobody's business here, and may name somebody.
    """

    center = models.ForeignKey(Center, models.CASCADE, related_name="+", related_query_name="edition")
    version = models.PositiveIntegerField()
    hours = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    closures = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("center", "version")
        constraints = [
            models.UniqueConstraint(name="edition_is_replaced_once", fields=["center", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.center} {self.version}"
