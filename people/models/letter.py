"""What is to be told (intents) and what was told (letters). DESIGN section 5."""

from datetime import date, datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people.models.center import Center
from people.models.contact import Contact
from people.models.institution import Channel, Institution
from people.visibility import VisibleQuerySet


class LetterQuerySet(VisibleQuerySet["Letter"]):
    seen_by, own_paths = "letters.see", ("user",)

    def to_mail(self) -> "LetterQuerySet":
        return self.filter(channel=Channel.MAIL, sent_at__isnull=True)

    def refused_by_ourselves(self) -> "LetterQuerySet":
        """Mails to a centre that its own mailbox does not take."""
        return self.to_mail().filter(recipient__startswith="center:", refused_at__isnull=False)

    def to_print(self) -> "LetterQuerySet":
        return self.filter(is_on_paper=True, done_at__isnull=True)

    def to_call(self) -> "LetterQuerySet":
        return self.filter(channel=Channel.PHONE, done_at__isnull=True)

    def claimable(self, now: datetime) -> "LetterQuerySet":
        """Mails whose time has come and that no living worker has in hand."""
        return self.to_mail().filter(
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            Q(claimed_until__isnull=True) | Q(claimed_until__lt=now),
        )


class Letter(models.Model):
    """What one recipient is told in one go. Its words are committed before it goes out.

    ``body`` is a list of blocks that text, HTML and paper are made from; ``address`` is where it goes: a mail address,
    the lines for the window of an envelope, or a telephone number. ``claimed_until`` without ``sent_at`` means that a
    worker has it in hand, or died with it: it may be out already, and goes out again when the lease is over.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="letter"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="letter"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="letter"
    )
    recipient = models.CharField(max_length=40, editable=False)
    bundle = models.CharField(max_length=10, editable=False)
    day = models.DateField(_("Tag"), null=True, blank=True)

    channel = models.CharField(_("Weg"), max_length=5, choices=Channel.choices)
    address = models.TextField(_("geht an"), blank=True)
    copy_to = models.EmailField(_("zur Kenntnis an"), blank=True)
    is_on_paper = models.BooleanField(_("wird gedruckt"), default=False)
    language = models.CharField(max_length=2, default="de")
    subject = models.CharField(_("Betreff"), max_length=250)
    body = models.JSONField(default=list)
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    written_at = models.DateTimeField(_("geschrieben"))

    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    not_before = models.DateTimeField(_("nächster Versuch"), null=True, blank=True)
    trouble = models.CharField(_("zuletzt gescheitert an"), max_length=40, blank=True)
    refused_at = models.DateTimeField(_("Adresse abgelehnt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("gesendet"), null=True, blank=True)
    done_at = models.DateTimeField(_("erledigt"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    result = models.CharField(_("Ergebnis"), max_length=20, blank=True)
    people_unlinked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes = [
            models.Index(
                name="letter_waiting_for_mail",
                fields=["attempts", "id"],  # as they are claimed
                condition=Q(channel="mail", sent_at__isnull=True),
            ),
            models.Index(
                name="letter_to_print", fields=["center", "id"], condition=Q(is_on_paper=True, done_at__isnull=True)
            ),
            models.Index(
                name="letter_to_call", fields=["center", "id"], condition=Q(channel="phone", done_at__isnull=True)
            ),
            models.Index(name="letter_that_was_sent", fields=["sent_at"], condition=Q(sent_at__isnull=False)),
            models.Index(name="letter_by_center", fields=["center", "-written_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="letter_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(
                name="recipient_gets_one_letter_of_a_bundle_a_day",
                fields=["recipient", "bundle", "day"],
                condition=Q(day__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_by_print_is_on_paper", condition=~Q(channel="print") | Q(is_on_paper=True)
            ),
            models.CheckConstraint(
                name="letter_is_done_only_on_paper_or_by_phone",
                condition=Q(done_at__isnull=True) | Q(is_on_paper=True) | Q(channel="phone"),
            ),
            CompositeForeignKey(
                name="letter_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="letter_contact_is_of_its_center",
                fields=["center", "contact"],
                to="people.Contact",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def gone_at(self) -> datetime | None:
        """When it left the house: mailed, or posted, or told by phone."""
        return self.sent_at or self.done_at

    @property
    def is_out(self) -> bool:
        """It has left the house, or may have: a worker has it in hand, or died with it."""
        return self.gone_at is not None or self.claimed_until is not None


class IntentQuerySet(VisibleQuerySet["Intent"]):
    seen_by, own_paths = "letters.see", ("user",)

    def about(self, *subjects: models.Model) -> "IntentQuerySet":
        """Of one type."""
        types = {it._meta.label_lower for it in subjects}
        return self.filter(subject_type__in=types, subject_id__in=[it.pk for it in subjects])

    def current(self) -> "IntentQuerySet":
        """Those whose reason still stands, told or untold."""
        return self.filter(withdrawn_at__isnull=True)

    def unwritten(self) -> "IntentQuerySet":
        return self.current().filter(letter__isnull=True)

    def to_release(self) -> "IntentQuerySet":
        return self.unwritten().filter(needs_release=True, released_at__isnull=True)

    def due(self, today: date) -> "IntentQuerySet":
        """Those that belong into a letter now."""
        return self.unwritten().filter(
            Q(due_on__isnull=True) | Q(due_on__lte=today), Q(needs_release=False) | Q(released_at__isnull=False)
        )


class Intent(models.Model):
    """One thing that one recipient is to be told about one subject; a letter tells it.

    Facts carry what the words need: ids, codes, numbers, dates and names of things, never names of people. While it
    is not withdrawn there is at most one per subject, kind, step and recipient, so nobody is told anything twice.
    """

    center = models.ForeignKey(
        Center, models.PROTECT, related_name="+", db_index=False
    )  # intent_by_kind begins with it
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="intent"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="intent"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="intent"
    )
    recipient = models.CharField(max_length=40, editable=False)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    kind = models.CharField(_("Anlass"), max_length=30)
    step = models.PositiveBigIntegerField(default=0)  # may be the id of what it is about
    due_on = models.DateField(_("fällig"), null=True, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    needs_release = models.BooleanField(_("braucht eine Freigabe"), default=False)
    released_at = models.DateTimeField(_("freigegeben"), null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="intents")
    intended_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("zurückgezogen"), null=True, blank=True)

    objects = IntentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(name="intent_by_kind", fields=["center", "kind", "id"]),
            models.Index(name="intent_by_subject", fields=["subject_type", "subject_id"]),
            models.Index(
                name="intent_waiting",
                fields=["recipient", "due_on"],
                condition=Q(letter__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="nobody_is_told_anything_twice",
                fields=["subject_type", "subject_id", "kind", "step", "recipient"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="intent_is_written_only_when_released",
                condition=Q(letter__isnull=True) | Q(needs_release=False) | Q(released_at__isnull=False),
            ),
            CompositeForeignKey(
                name="intent_letter_is_of_its_center",
                fields=["center", "letter"],
                to="people.Letter",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="intent_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="intent_contact_is_of_its_center",
                fields=["center", "contact"],
                to="people.Contact",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"
