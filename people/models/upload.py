from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.tokens import new_token
from people.models.center import Center
from people.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from people.models.user import AnyUser


class UploadKind(models.TextChoices):
    """What a table brings; its name stands in the address of the page."""

    SCHOOLS = "schulen", _("Schulen")
    INVENTORY = "inventar", _("Inventar")
    MEDIA = "medien", _("Medien")
    USAGE = "nutzung", _("Nutzung")


class UploadQuerySet(VisibleQuerySet["Upload"]):
    seen_by, institution_path = "imports.run", None

    def of(self, user: "AnyUser") -> Self:
        """Whoever uploaded a file looks at it and takes it over; the next manager brings their own."""
        return self.visible_to(user).filter(user=user.pk)

    def waiting(self) -> Self:
        return self.filter(taken_over_at__isnull=True)

    def lock(self) -> Self:
        return self.select_for_update(no_key=True, of=("self",))


class Upload(models.Model):
    """A table that somebody uploaded, checks, and may take over. Its bytes are gone once that is done, or a day later.

    ``columns`` are those named by hand (field: heading), ``choices`` what the importer was told besides, and ``report``
    is what came of it.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=27, unique=True, default=new_token, editable=False)
    kind = models.CharField(max_length=20, choices=UploadKind.choices)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    columns = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    report = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    taken_over_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="upload_is_emptied_when_taken_over",
                condition=Q(taken_over_at__isnull=True) | Q(content=b"", report__isnull=False),
            ),
            models.CheckConstraint(name="upload_is_of_a_known_kind", condition=Q(kind__in=UploadKind.values)),
        ]

    def __str__(self) -> str:
        return self.name
