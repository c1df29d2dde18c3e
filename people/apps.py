from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Centres and their calendar, institutions, contacts, accounts, roles; journal; letters; once-only keys."""

    name = "people"
    default_auto_field = "django.db.models.BigAutoField"
