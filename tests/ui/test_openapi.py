"""The API against its own description: whatever is sent, no server error."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.ui.fakes import FakeAssistant

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
EVERYDAY, LONG = 10, 300
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture
def operations(app: FastAPI, fake: FakeAssistant) -> list[Any]:
    """What the application says of itself that it does."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    return [result.ok() for result in schema.get_all_operations()]


def check(operation: Any, mode: GenerationMode, examples: int) -> None:
    """Sends requests that the description allows, or that it forbids; reads every answer."""

    @settings(max_examples=examples, derandomize=True, suppress_health_check=QUIET, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def sent(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers={"host": "localhost"})

    sent()


def test_no_request_makes_the_server_fail(operations: list[Any]) -> None:
    assert len(operations) == 6
    for operation in operations:
        check(operation, GenerationMode.POSITIVE, EVERYDAY)


@pytest.mark.long
@pytest.mark.fuzz
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_makes_the_server_fail_whatever_is_sent(
    operations: list[Any], mode: GenerationMode
) -> None:
    for operation in operations:
        check(operation, mode, LONG)
