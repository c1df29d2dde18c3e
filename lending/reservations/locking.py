from lending.models import Reservation, State
from lending.refusals import WrongState


def locked_in(reservation: Reservation, *states: State) -> Reservation:
    """The reservation, locked and read again. Raises WrongState if it is in none of ``states``."""
    locked = Reservation.objects.lock().get(pk=reservation.pk)
    if locked.state not in states:
        raise WrongState(number=locked.number, state=locked.get_state_display())
    return locked
