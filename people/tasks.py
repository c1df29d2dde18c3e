"""The bell's answer. Tasks decide nothing and can be run twice."""

from typing import Final

from celery import shared_task

from people.letters import bell, sending, writing

TURN: Final = 5.0  # seconds of each; a worker that is told to stop finishes its turn


@shared_task
def deliver() -> None:
    """Write what is due and send what waits; ring again as long as there was something to do."""
    if writing.write(seconds=TURN) + sending.send(seconds=TURN):
        bell.ring()
