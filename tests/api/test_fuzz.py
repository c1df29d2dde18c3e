"""Whatever a program sends, the answer is as the schema says, and never a server error (schemathesis)."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.authorization.stage import Stage, build
from tests.authorization.undoing import undone

pytestmark = pytest.mark.django_db

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ACTORS = ("anna", "desk", "manager")
RAW = SchemaGenerator().get_schema(request=None, public=True)
SCHEMA = schemathesis.openapi.from_dict(RAW)
SCHEMA.app = get_wsgi_application()
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Requests come by WSGI here, and must not close the connection at their end, as Django's own client knows."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    with django_db_blocker.unblock(), undone():
        yield build()
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


#: Nothing that is sent there is against the schema: a scanner may read any text.
ANYTHING_GOES = {"GET /api/v1/scan/{code}/"}
ASKED = [(label, GenerationMode.POSITIVE) for label in sorted(OPERATIONS)]
ASKED += [(label, GenerationMode.NEGATIVE) for label in sorted(OPERATIONS.keys() - ANYTHING_GOES)]


@pytest.mark.parametrize(("label", "mode"), ASKED)
def test_every_operation_answers_as_it_says(stage: Stage, label: str, mode: GenerationMode):
    @settings(
        max_examples=12,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode), name=st.sampled_from(ACTORS))
    def answers(case: Any, name: str) -> None:
        token = stage.actor(name).api.defaults["HTTP_AUTHORIZATION"]
        with undone():
            case.call_and_validate(headers={"Authorization": token}, checks=CHECKS)

    answers()


def test_an_answer_that_is_not_in_the_schema_would_be_noticed(stage: Stage):
    """The negative control: the schema says that every contact has a number for a name."""
    lying = deepcopy(RAW)
    lying["components"]["schemas"]["Contact"]["properties"]["name"] = {"type": "integer"}
    schema = schemathesis.openapi.from_dict(lying)
    schema.app = SCHEMA.app
    token = stage.actor("desk").api.defaults["HTTP_AUTHORIZATION"]

    with pytest.raises(FailureGroup) as noticed:
        schema["/api/v1/contacts/"]["GET"].Case().call_and_validate(headers={"Authorization": token}, checks=CHECKS)

    assert [failure for failure in noticed.value.exceptions if "violates schema" in str(failure)]
