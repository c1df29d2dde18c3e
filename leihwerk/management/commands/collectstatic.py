"""Django's ``collectstatic``, for what a page of ours asks for."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic

# The browsable API is off, htmx comes with the bundle, and Swagger needs no redoc beside it.
NOT_OURS = ["rest_framework", "django_htmx", "redoc"]


class Command(collectstatic.Command):
    def set_options(self, **options: Any) -> None:
        super().set_options(**options)
        self.ignore_patterns = [*self.ignore_patterns, *NOT_OURS]
