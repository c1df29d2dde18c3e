"""The celery application: the bell that wakes the worker. Tables hold the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leihwerk.settings")

app = Celery("leihwerk", task_cls="people.task_runs:NotedTask")  # named as a string: the floor knows no upper floor
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
