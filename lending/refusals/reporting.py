"""What a report or a count cannot say."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class EmptyReport(DomainError):
    code, status = "empty_report", 400
    sentence = _("Bitte schreiben Sie kurz, was nicht stimmt.")


class TooManyReports(DomainError):
    """Somebody, or something, reports faster than anybody could read."""

    code, status = "too_many_reports", 429
    sentence = _("Für dieses Gerät sind gerade schon mehrere Meldungen eingegangen. Rufen Sie uns bitte an: {phone}.")


class WorkingOutOfRange(DomainError):
    code, status = "working_out_of_range", 400
    sentence = _("{part}: Bitte eine Zahl von 0 bis {most}.")
