"""Short numbers as they stand on labels."""

from django import template

from leihwerk import tokens

register = template.Library()


@register.filter
def spoken(number: str) -> str:
    """000 124"""
    return tokens.spoken(number)
