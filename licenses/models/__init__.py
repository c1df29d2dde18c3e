"""What may be used, by whom, until when, as rows."""

from licenses.models.contract import Contract, Period, Renewal
from licenses.models.entitlement import CapacityKind, Entitlement, EntitlementScope
from licenses.models.medium import KINDS_BY_PREFIX, AgeRating, Medium, MediumKind
from licenses.models.package import Package, PackageTitle
from licenses.models.paper import Amendment, Document
from licenses.models.provider import Provider
from licenses.models.scope import Scope, ScopeInstitution
from licenses.models.seat import Seat

__all__ = [
    "KINDS_BY_PREFIX",
    "AgeRating",
    "Amendment",
    "CapacityKind",
    "Contract",
    "Document",
    "Entitlement",
    "EntitlementScope",
    "Medium",
    "MediumKind",
    "Package",
    "PackageTitle",
    "Period",
    "Provider",
    "Renewal",
    "Scope",
    "ScopeInstitution",
    "Seat",
]
