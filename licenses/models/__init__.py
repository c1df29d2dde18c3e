"""What may be used, by whom, until when, as rows."""

from licenses.models.medium import KINDS_BY_PREFIX, AgeRating, Medium, MediumKind
from licenses.models.provider import Provider

__all__ = ["KINDS_BY_PREFIX", "AgeRating", "Medium", "MediumKind", "Provider"]
