import importlib

from django.apps import AppConfig


class LeihwerkConfig(AppConfig):
    """The floor: settings, errors, constraints, tables, celery, the embedded services."""

    name = "leihwerk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django's checks know the keys that seal."""
        importlib.import_module("leihwerk.secrecy")
