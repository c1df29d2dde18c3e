from lending.models.allocation import Allocation, AllocationKind
from lending.models.finding import Finding, FindingKind
from lending.models.handover import Extra, Handover
from lending.models.loan import Loan
from lending.models.outage import Outage, OutageReason
from lending.models.policy import DayKind, Policy
from lending.models.reservation import BookingChannel, Delivery, Line, Reservation, State

__all__ = [
    "Allocation",
    "AllocationKind",
    "BookingChannel",
    "DayKind",
    "Delivery",
    "Extra",
    "Finding",
    "FindingKind",
    "Handover",
    "Line",
    "Loan",
    "Outage",
    "OutageReason",
    "Policy",
    "Reservation",
    "State",
]
