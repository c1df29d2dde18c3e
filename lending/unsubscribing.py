"""What a reader ends with one click in a mail (RFC 8058): by whichever kind of letter it was told."""

from django.db import transaction

from lending.desk_day.switch import KIND as DESK_DAY
from lending.desk_day.switch import set_hour
from lending.models import Reservation, State
from lending.refusals import WrongState
from lending.reservations import cancel
from people.models import Intent


@transaction.atomic
def unsubscribe(intent: Intent) -> bool:
    """Nothing more of this. False if there is nothing to end (any more). Nothing but waiting is ever given up."""
    if intent.kind == DESK_DAY:
        set_hour(intent.center, None, by=None)
        return True
    waiting = Reservation.objects.filter(pk=intent.subject_id, state=State.WAITLISTED).first()
    if intent.kind != "reservation_free" or waiting is None:
        return False
    try:
        cancel(waiting, by=None, only=(State.WAITLISTED,))
    except WrongState:  # somebody accepted at this moment
        return False
    return True
