from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people.models.center import Center
from people.models.institution import Channel, Institution
from people.models.mailbox import Mailbox, new_address_is_not_refused, refusal_has_a_code, refused_mailboxes
from people.visibility import VisibleQuerySet


class ContactQuerySet(VisibleQuerySet["Contact"]):
    seen_by = "contacts.see"


class Contact(Mailbox):
    """A person of an institution without an account: who phones, signs, collects."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contacts")
    name = models.CharField(_("Name"), max_length=120)
    function = models.CharField(_("Funktion"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    channel = models.CharField(_("Post geht per"), max_length=5, choices=Channel.choices, default=Channel.PRINT)
    left_on = models.DateField(_("nicht mehr da seit"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(name="contact_of_its_center", fields=["center", "id"]),
            models.CheckConstraint(name="contact_by_mail_has_an_address", condition=~Q(channel="mail") | ~Q(email="")),
            refusal_has_a_code("contact"),
            CompositeForeignKey(
                name="contact_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]
        indexes = [refused_mailboxes("contact")]
        triggers = [new_address_is_not_refused("contact")]

    def __str__(self) -> str:
        return self.name
