import pgtrigger
from django.db import models
from django.db.models import Q

ANOTHER_ADDRESS = """
    IF lower(NEW.email) IS DISTINCT FROM lower(OLD.email) THEN
        NEW.mail_refused_at = NULL;
        NEW.mail_refused_with = '';
    END IF;
    RETURN NEW;
"""


class Mailbox(models.Model):
    """Whoever has a mail address, and whether a mail server refused it for good: when, and with which status.

    The status is a code of RFC 3463 ("5.1.1") or RFC 5321 ("550"), never the server's words. However the address is
    changed (by hand, by an import, by the owner of an account), the new one has not been refused.
    """

    mail_refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    mail_refused_with = models.CharField(max_length=11, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_mail_refused(self) -> bool:
        return self.mail_refused_at is not None


def refusal_has_a_code(owner: str) -> models.CheckConstraint:
    """No refusal without its code, no code without a refusal, and nothing else than a code."""
    nothing = Q(mail_refused_at__isnull=True, mail_refused_with="")
    code = Q(mail_refused_at__isnull=False, mail_refused_with__regex=r"^5(\d\d|\.\d{1,3}\.\d{1,3})$")
    return models.CheckConstraint(name=f"{owner}_mail_is_refused_with_a_code", condition=nothing | code)


def refused_mailboxes(owner: str) -> models.Index:
    """Few of many; they are counted and listed often."""
    return models.Index(name=f"{owner}_is_refused", fields=["id"], condition=Q(mail_refused_at__isnull=False))


def new_address_is_not_refused(owner: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{owner}_new_address_is_not_refused",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("email"),
        func=ANOTHER_ADDRESS,
    )
