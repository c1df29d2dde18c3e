"""Does the broker answer? It only rings the bell, so that it does not is worth a word, not an alarm."""

from celery import current_app
from kombu.exceptions import OperationalError

PATIENCE = 1  # second


def waiting_bells() -> int | None:
    """How many messages wait in the queue; None when the broker does not say."""
    queue = current_app.conf.task_default_queue
    try:
        with current_app.connection_for_read(connect_timeout=PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, timeout=PATIENCE)
            return int(broker.default_channel.queue_declare(queue, passive=True).message_count)
    except (OperationalError, OSError, *current_app.connection_for_read().channel_errors):
        return None
