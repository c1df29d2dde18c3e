"""What the office does every night. Tasks decide nothing and can be run twice."""

from celery import shared_task

from office import privacy


@shared_task
def forget() -> None:
    privacy.forget()
