from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The door for programs."""

    name = "api"
    default_auto_field = "django.db.models.BigAutoField"
