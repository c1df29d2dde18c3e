"""What is said about things that are late: promises, searches, and reminders that rest or go out now."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class PromiseTooFar(DomainError):
    """A promise keeps letters and plans waiting, so it has an end."""

    code, status = "promise_too_far", 400
    sentence = _(
        "So weit im Voraus geht es hier nicht, nur bis {latest}. Brauchen Sie es länger? Rufen Sie uns an: {phone}."
    )


class ClosedToBring(DomainError):
    code, status = "closed_to_bring", 400
    sentence = _("Am {day} haben wir geschlossen. Passt {before} oder {after}?")


class NothingToAnswer(DomainError):
    """What a link asked about is settled meanwhile, or nothing was chosen."""

    code, status = "nothing_to_answer", 400
    sentence = _("Bitte wählen Sie mindestens ein Gerät, das noch nicht zurück ist.")


class TooManyAnswers(DomainError):
    code, status = "too_many_answers", 429
    sentence = _("Dazu haben Sie uns schon oft geantwortet. Bitte rufen Sie uns an: {phone}.")


class AlreadySearched(DomainError):
    code = "already_searched"
    sentence = _("Wir haben {item} gesucht und nicht gefunden. Bitte rufen Sie uns an: {phone}.")


class PauseOutOfRange(DomainError):
    code, status = "pause_out_of_range", 400
    sentence = _("Erinnerungen lassen sich bis zu einem Tag zwischen morgen und dem {latest} aussetzen.")


class RemindersAreOff(DomainError):
    code = "reminders_are_off"
    sentence = _("Erinnerungen sind nicht eingeschaltet. Die Leitung schaltet sie unter „Briefe und Erinnerungen“ ein.")


class ReminderIsWaiting(DomainError):
    """The next one is written down already: it goes out by itself, or waits for a person."""

    code = "reminder_is_waiting"
    sentence = _("Die nächste Erinnerung liegt schon bereit: {title}.")


class NothingLeftToSay(DomainError):
    code = "nothing_left_to_say"
    sentence = _("Zu {item} ist zurzeit nichts mehr zu schreiben.")


class NothingLate(DomainError):
    """Only who is late can be suspended."""

    code = "nothing_late"
    sentence = _("Bei {institution} ist nichts überfällig.")


class NobodyToRemind(DomainError):
    code = "nobody_to_remind"
    sentence = _("Zu {item} kennen wir niemanden, dem wir schreiben könnten.")
