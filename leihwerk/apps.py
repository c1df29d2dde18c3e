from django.apps import AppConfig


class LeihwerkConfig(AppConfig):
    """The floor: settings, errors, constraints, tables, celery, the embedded services."""

    name = "leihwerk"
    default_auto_field = "django.db.models.BigAutoField"
