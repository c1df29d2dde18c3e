"""The centre's rules as data: edit them, look first at what an edit would do, and let what is planned follow."""

from lending.rules.editing import (
    add_school_holidays,
    close,
    drop_school_holiday,
    keep_hours,
    keep_school_holidays,
    open_again,
)
from lending.rules.following import centers_behind, follow, follow_product
from lending.rules.policy_keeping import drop_policy, keep_policy
from lending.rules.preview import Effect, preview

__all__ = [
    "Effect",
    "add_school_holidays",
    "centers_behind",
    "close",
    "drop_policy",
    "drop_school_holiday",
    "follow",
    "follow_product",
    "keep_hours",
    "keep_policy",
    "keep_school_holidays",
    "open_again",
    "preview",
]
