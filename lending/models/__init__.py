from lending.models.allocation import Allocation, AllocationKind
from lending.models.bundle import Bundle, BundleLine
from lending.models.edition import Edition
from lending.models.finding import Finding, FindingKind
from lending.models.handover import Extra, Handover
from lending.models.loan import Loan, QuietReason
from lending.models.outage import Outage, OutageReason
from lending.models.policy import DayKind, Policy
from lending.models.postponement import Postponement
from lending.models.reservation import BookingChannel, Delivery, Line, Reservation, State
from lending.models.suspension import Suspension

__all__ = [
    "Allocation",
    "AllocationKind",
    "BookingChannel",
    "Bundle",
    "BundleLine",
    "DayKind",
    "Delivery",
    "Edition",
    "Extra",
    "Finding",
    "FindingKind",
    "Handover",
    "Line",
    "Loan",
    "Outage",
    "OutageReason",
    "Policy",
    "Postponement",
    "QuietReason",
    "Reservation",
    "State",
    "Suspension",
]
