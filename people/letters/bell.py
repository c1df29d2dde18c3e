"""The bell: tells a worker that letters wait. A bell that is not heard costs a minute, never a letter."""

from celery import current_app
from django.db import transaction


def ring() -> None:
    """Wake a worker once this transaction is committed. A broker that is down is logged and forgotten."""
    transaction.on_commit(_call_worker, robust=True)


def _call_worker() -> None:
    current_app.send_task("people.tasks.deliver", retry=False)
