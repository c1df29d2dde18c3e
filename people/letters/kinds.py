"""What letters can be about: the one table that intents, letters and the page of letters read.

Each kind has its words in ``wordings/<kind>.<language>.txt`` of the floor that knows what they mean; its ``glossaries``
say what the words in braces stand for. People only knows the name.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Bundle(StrEnum):
    """What goes into one letter together."""

    NEWS = "news"  # as soon as it happened
    REMINDER = "reminder"  # once a day
    NOTICE = "notice"  # formal, never mixed with anything friendly


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How a kind of letter behaves.

    ``rank``: the most important section comes first and gives the subject. ``needs_release``: a person looks at it
    before it goes. ``is_courtesy``: only worth a mail, neither paper nor a call. ``has_copy``: the institution's
    official address gets one too. ``is_on_paper``: also printed when it goes by mail. ``may_be_ended``: not of the
    business itself; its reader ends it with one click.
    """

    title: Promise
    rank: int
    bundle: Bundle = Bundle.NEWS
    needs_release: bool = False
    is_courtesy: bool = False
    has_copy: bool = False
    is_on_paper: bool = False
    may_be_ended: bool = False


KINDS: Final[dict[str, Kind]] = {
    # people
    "registered": Kind(title=_("Registrierung eingegangen"), rank=40, is_courtesy=True),
    "activated": Kind(title=_("Konto freigeschaltet"), rank=50, is_courtesy=True),
    "declined": Kind(title=_("Freischaltung abgelehnt"), rank=50, is_courtesy=True),
    "invited": Kind(title=_("Einladung"), rank=60, is_courtesy=True),
    "school_year_check": Kind(title=_("Wer arbeitet noch dort?"), rank=70, is_courtesy=True),
    "access_ends": Kind(title=_("Zugang endet"), rank=75, is_courtesy=True),
    # reservations
    "reservation_submitted": Kind(title=_("Anfrage vor der Freischaltung eingegangen"), rank=40),
    "reservation_requested": Kind(title=_("Anfrage eingegangen"), rank=40),
    "reservation_approved": Kind(title=_("Reservierung bestätigt"), rank=60),
    "reservation_rejected": Kind(title=_("Reservierung abgelehnt"), rank=80),
    "reservation_canceled": Kind(title=_("Reservierung storniert"), rank=70),
    "reservation_changed": Kind(title=_("Reservierung geändert"), rank=60),
    "reservation_kept": Kind(title=_("Änderung abgelehnt, Zusage bleibt"), rank=75),
    "reservation_ready": Kind(title=_("Abholbereit"), rank=65),
    "reservation_waitlisted": Kind(title=_("Vorgemerkt"), rank=40, is_courtesy=True),
    "reservation_free": Kind(title=_("Wieder frei"), rank=85, may_be_ended=True),
    "reservation_offered": Kind(title=_("Angebot"), rank=88),
    "reservation_expired": Kind(title=_("Verfallen"), rank=60, is_courtesy=True),
    "reservation_no_show": Kind(title=_("Nicht abgeholt"), rank=60),
    "closing_day": Kind(title=_("Schließtag"), rank=92),
    "cannot_be_kept": Kind(title=_("Zusage nicht zu halten"), rank=95, needs_release=True),
    # the desk itself
    "desk_day": Kind(title=_("Tagesliste für die Theke"), rank=20, is_courtesy=True, may_be_ended=True),
    "license_expiring": Kind(title=_("Vertrag zu entscheiden"), rank=72, is_courtesy=True),
    # licences
    "deletion_asked": Kind(title=_("Kopien löschen"), rank=68),
    # loans
    "handed_over": Kind(title=_("Ausgabe"), rank=50, is_courtesy=True),
    "renewed": Kind(title=_("Verlängerung"), rank=55, is_courtesy=True),
    "returned": Kind(title=_("Rücknahme"), rank=30, is_courtesy=True),
    "part_missing": Kind(title=_("Bestandteil fehlt"), rank=75),
    "later_delivered": Kind(title=_("Später nachgereicht"), rank=35, is_courtesy=True),
    # reminders
    "due_soon": Kind(title=_("Rückgabe steht an"), rank=45, bundle=Bundle.REMINDER),
    "overdue_1": Kind(title=_("Erinnerung"), rank=85, bundle=Bundle.REMINDER),
    "overdue_2": Kind(title=_("Zweite Erinnerung"), rank=90, bundle=Bundle.REMINDER, has_copy=True),
    "suspended": Kind(title=_("Sperre"), rank=98, bundle=Bundle.NOTICE),
    "overdue_3": Kind(
        title=_("Schreiben an die Leitung"), rank=99, bundle=Bundle.NOTICE, needs_release=True, is_on_paper=True
    ),
}
