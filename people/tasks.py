"""The bell's answer. Tasks decide nothing and can be run twice."""

from celery import shared_task

from people.letters import bell, sending, writing


@shared_task
def deliver() -> None:
    """Write what is due and send what waits; ring again if half a minute was not enough."""
    writing.write()
    if not sending.send():
        return
    bell.ring()
