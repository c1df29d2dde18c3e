"""The bell's answer. Tasks decide nothing and can be run twice."""

from celery import shared_task

from people.letters import bell, sending, writing


@shared_task
def deliver() -> None:
    """Write what is due and send what waits; ring again as long as there was something to do."""
    if writing.write() + sending.send():
        bell.ring()
