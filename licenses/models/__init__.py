"""What may be used, by whom, until when, as rows."""

from licenses.models.contract import Contract, Period, Renewal
from licenses.models.deletion import ConfirmedBy, Deletion, DeletionTitle
from licenses.models.entitlement import CapacityKind, Entitlement, EntitlementScope
from licenses.models.event import UseDay, UseEvent, UseKind
from licenses.models.harvester import Harvester
from licenses.models.key import Key, KeyKind
from licenses.models.media_list import MediaList, MediaListTitle, PupilCode, WrongCode
from licenses.models.medium import KINDS_BY_PREFIX, AgeRating, Medium, MediumKind
from licenses.models.monthly_use import MonthlyUse
from licenses.models.package import Package, PackageTitle
from licenses.models.paper import Amendment, Document
from licenses.models.provider import Provider
from licenses.models.scope import Scope, ScopeInstitution
from licenses.models.seat import Seat
from licenses.models.source import ReportedFigure, ReportedTitle, Source

__all__ = [
    "KINDS_BY_PREFIX",
    "AgeRating",
    "Amendment",
    "CapacityKind",
    "ConfirmedBy",
    "Contract",
    "Deletion",
    "DeletionTitle",
    "Document",
    "Entitlement",
    "EntitlementScope",
    "Harvester",
    "Key",
    "KeyKind",
    "MediaList",
    "MediaListTitle",
    "Medium",
    "MediumKind",
    "MonthlyUse",
    "Package",
    "PackageTitle",
    "Period",
    "Provider",
    "PupilCode",
    "Renewal",
    "ReportedFigure",
    "ReportedTitle",
    "Scope",
    "ScopeInstitution",
    "Seat",
    "Source",
    "UseDay",
    "UseEvent",
    "UseKind",
    "WrongCode",
]
