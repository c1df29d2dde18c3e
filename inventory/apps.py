from django.apps import AppConfig


class InventoryConfig(AppConfig):
    """What the centre owns."""

    name = "inventory"
    default_auto_field = "django.db.models.BigAutoField"
