from django.apps import AppConfig


class LicensesConfig(AppConfig):
    """What may be used, by whom, until when."""

    name = "licenses"
    default_auto_field = "django.db.models.BigAutoField"
