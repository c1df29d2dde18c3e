"""How long something has been asked."""

from datetime import date

from django import template

register = template.Library()


@register.filter
def days_until(since: date, today: date) -> int:
    """From ``since`` to ``today``."""
    return (today - since).days
