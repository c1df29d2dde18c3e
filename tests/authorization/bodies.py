"""What a write sends in the matrix: enough to be understood."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.authorization.stage import Owner


def a_day(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def reservation(the: Owner) -> Mapping[str, Any]:
    period = {"starts_at": the.reservation.starts_at.isoformat(), "ends_at": the.reservation.ends_at.isoformat()}
    lines = [{"product": the.product.pk, "quantity": 1}]
    return {"institution": the.institution.pk, "lines": lines, **period}


def handover(the: Owner) -> Mapping[str, Any]:
    return {"institution": the.institution.pk, "items": [the.item.asset_number]}


def returned(the: Owner) -> Mapping[str, Any]:
    return {"items": [{"code": the.loan.item.asset_number}]}


def scan(the: Owner) -> Mapping[str, Any]:
    return {"code": the.item.asset_number}


def promise(the: Owner) -> Mapping[str, Any]:
    return {"expected_on": a_day(2)}


def upload(the: Owner) -> Mapping[str, Any]:
    return {"schulen-file": SimpleUploadedFile("schulen.csv", b"Schulnummer;Schulname\n100009;Neue Schule\n")}


def label(the: Owner) -> Mapping[str, Any]:
    return {"code": the.label.token}
