from django.apps import AppConfig


class LendingConfig(AppConfig):
    """Reserving, planning, handing over, taking back, the desk."""

    name = "lending"
    default_auto_field = "django.db.models.BigAutoField"
