from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """The door for people."""

    name = "frontend"
    default_auto_field = "django.db.models.BigAutoField"
