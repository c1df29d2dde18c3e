from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class LeihwerkConfig(AppConfig):
    """The floor: settings, errors, constraints, tables, celery, the embedded services."""

    name = "leihwerk"
    default_auto_field = "django.db.models.BigAutoField"


class StaticConfig(StaticFilesConfig):
    """Only what a page of ours asks for: no browsable API, no second copy of htmx, no redoc beside Swagger."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework", "django_htmx", "redoc"]
