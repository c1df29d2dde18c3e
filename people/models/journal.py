import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people.models.center import Center
from people.models.institution import Institution
from people.visibility import VisibleQuerySet

ONLY_FORGETTING_PEOPLE = """
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'by_id' - 'person_id' = to_jsonb(OLD) - 'by_id' - 'person_id'
       AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
       AND (NEW.person_id IS NULL OR NEW.person_id = OLD.person_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the journal is not rewritten'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_is_append_only', TABLE = TG_TABLE_NAME;
"""


class JournalQuerySet(VisibleQuerySet["JournalEntry"]):
    seen_by = "journal.see"

    def about(self, subject: models.Model) -> "JournalQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class JournalEntry(models.Model):
    """Who did what on what, and when. Facts hold ids, codes and numbers, never names or free text (DESIGN 3.11)."""

    at = models.DateTimeField(_("wann"), auto_now_add=True)
    center = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(_("was"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(name="journal_by_subject", fields=["subject_type", "subject_id", "at"]),
            models.Index(name="journal_by_center", fields=["center", "-at"]),
        ]
        constraints = [
            CompositeForeignKey(
                name="journal_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="journal_is_append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=ONLY_FORGETTING_PEOPLE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_type} {self.subject_id}"
