"""Why a request to delete is not answered or told."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class NothingToDelete(DomainError):
    code = "nothing_to_delete"
    sentence = _("Hier ist nichts mehr zu löschen: Die Lizenzen gelten wieder, oder es ist schon bestätigt.")


class TitlesWereAdded(DomainError):
    code = "titles_were_added"
    sentence = _("Inzwischen sind Titel dazugekommen. Bitte sehen Sie die Liste noch einmal durch.")


class ToldToday(DomainError):
    code = "told_today"
    sentence = _("Heute haben wir die Einrichtung schon daran erinnert.")
