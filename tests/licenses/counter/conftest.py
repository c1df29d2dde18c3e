"""What the tests of COUNTER share: the official schema as a judge, a film and a school."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from licenses.counter.figures import Content
from licenses.counter.identifiers import ContentIds
from licenses.counter.reports import Customer
from tests.conftest import SHARED_DATA

Complaints = Callable[[str, Any], list[str]]


@cache
def official(path: Path, name: str) -> Draft202012Validator:
    """The judge of one part of the official schema, such as the report PR."""
    schema = json.loads(path.read_text())
    return Draft202012Validator(
        {**schema, "$ref": f"#/components/schemas/{name}"}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


@pytest.fixture(scope="session")
def complaints() -> Complaints:
    """What the official schema has against something: ``complaints("PR", report) == []``."""
    path = SHARED_DATA / "counter" / "COUNTER_API_5.1_schema.json"
    if not path.exists():
        pytest.skip("the official schema is not beside the project: ../shared/data is missing")
    return lambda name, told: [error.message[:300] for error in official(path, name).iter_errors(told)]


@pytest.fixture
def film() -> Content:
    return Content(
        title="Die Honigbiene",
        publisher="FWU",
        platform="Bildungsmediathek NRW",
        ids=ContentIds(proprietary="leihwerk:4602345", isbn="978-3-16-148410-0"),
        publisher_ids=("leihwerk:FWU",),
        data_type="Audiovisual",
        yop="2019",
        access_type="Controlled",
        access_method="Regular",
    )


@pytest.fixture
def school() -> Customer:
    return Customer("GGS Am Friedenspark", ("ISIL:DE-Lev3", "leihwerk:100123"))
