"""Why a reservation cannot be changed or split like that."""

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError


class AlreadyHandedOver(DomainError):
    """Nothing of the reservation is still to come; what is out is renewed, not changed."""

    code = "already_handed_over"
    sentence = _("Bei {number} ist schon alles ausgegeben. Verlängern können Sie jede Ausleihe einzeln.")


class AlreadyOut(DomainError):
    """``least`` units of a line are out already: it cannot want fewer, and they cannot go to another reservation."""

    code = "already_out"
    sentence = _("Von {product} sind schon {least} ausgegeben.")


class NothingToSplit(DomainError):
    """A part has to go, and a part has to stay."""

    code, status = "nothing_to_split", 400
    sentence = _("Bitte wählen Sie einen Teil von {number}: Etwas muss mitgehen, und etwas muss bleiben.")


class EarlierPromiseIsGone(DomainError):
    """A change cannot be rejected without losing what was promised before it; ``why`` is a sentence."""

    code = "earlier_promise_is_gone"
    sentence = _("Die frühere Zusage zu {number} ist nicht mehr zu halten. {why} Rufen Sie die Schule am besten an.")
