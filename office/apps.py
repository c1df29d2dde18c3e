from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """What looks at everything: privacy, doctor, figures, moving in and out, backup, demo."""

    name = "office"
    default_auto_field = "django.db.models.BigAutoField"
