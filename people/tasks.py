"""The bell's answer, and what people do every night. Tasks decide nothing and can be run twice."""

from celery import shared_task

from people import once, uploads
from people.letters import bell, sending, writing


@shared_task
def deliver() -> None:
    """Write what is due and send what waits; ring again if half a minute was not enough."""
    writing.write()
    if not sending.send():
        return
    bell.ring()


@shared_task
def forget_once_keys() -> None:
    once.forget_old()


@shared_task
def forget_uploads() -> None:
    uploads.forget_old()
