"""What cannot be a rule, and why."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class RuleOutOfRange(DomainError):
    code, status = "rule_out_of_range", 400
    sentence = _("{rule}: möglich sind {least} bis {most}.")


class RemindersOutOfOrder(DomainError):
    code, status = "reminders_out_of_order", 400
    sentence = _("Mahnstufen sind aufsteigende Zahlen von 1 bis {most}, höchstens {steps}. Zum Beispiel: 3, 8, 12.")


class NothingSaid(DomainError):
    code, status = "nothing_said", 400
    sentence = _("Eine Ausnahme, die nichts anders regelt, braucht es nicht. Bitte füllen Sie mindestens ein Feld aus.")


class DefaultStays(DomainError):
    code = "default_stays"
    sentence = _("Die allgemeinen Regeln lassen sich ändern, aber nicht entfernen.")
