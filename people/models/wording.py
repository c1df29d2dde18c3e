from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.center import Center
from people.visibility import VisibleQuerySet


class WordingQuerySet(VisibleQuerySet["Wording"]):
    seen_by, institution_path = "policies.keep", None


class Wording(models.Model):
    """How a centre words a kind of letter in a language (people.letters.language); without a row, our text holds."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="wordings")
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(_("Text"))

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "language")
        constraints = [
            models.UniqueConstraint(name="center_words_a_kind_once_a_language", fields=["center", "kind", "language"]),
            models.CheckConstraint(name="wording_is_in_our_languages", condition=Q(language__in=["de", "en"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
