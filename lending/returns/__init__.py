"""Taking back: the item is in the house again, complete or not, and checked before it goes out."""

from lending.returns.checked import check
from lending.returns.dropped import drop_off, return_extra
from lending.returns.taken import Return, take_back, take_back_together

__all__ = ["Return", "check", "drop_off", "return_extra", "take_back", "take_back_together"]
