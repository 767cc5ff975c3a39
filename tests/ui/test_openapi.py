"""The API against its own description: whatever is sent, no server error."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.ui.fakes import FakeAssistant

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
EVERYDAY, LONG = 10, 300
UNSPOKEN = st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=5)
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture
def operations(app: FastAPI, fake: FakeAssistant) -> list[Any]:
    """What the application says of itself that it does."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    return [result.ok() for result in schema.get_all_operations()]


def forbids(operation: Any) -> bool:
    """Whether its description refuses some request: text that is free in an address is all right.

    For the others there is nothing wrong to generate, and hypothesis says « Unsatisfiable ».
    """
    return len(operation.body) + len(operation.query) > 0


def check(operation: Any, mode: GenerationMode, examples: int, unspoken: bool = False) -> None:
    """Sends requests that the description allows, or that it forbids; reads every answer.

    ``unspoken`` adds to the address a query that the description doesn't speak of.
    """

    @settings(max_examples=examples, derandomize=True, suppress_health_check=QUIET, database=None)
    @given(
        case=operation.as_strategy(generation_mode=mode),
        query=UNSPOKEN if unspoken else st.none(),
    )
    def sent(case: Any, query: dict[str, str] | None) -> None:
        case.query = query or case.query
        case.call_and_validate(checks=CHECKS, headers={"host": "localhost"})

    sent()


def test_no_request_makes_the_server_fail(operations: list[Any]) -> None:
    assert len(operations) == 6
    for operation in operations:
        check(operation, GenerationMode.POSITIVE, EVERYDAY)


@pytest.mark.long
@pytest.mark.fuzz
def test_no_request_that_is_allowed_makes_the_server_fail(operations: list[Any]) -> None:
    for operation in operations:
        check(operation, GenerationMode.POSITIVE, LONG)


@pytest.mark.long
@pytest.mark.fuzz
def test_no_request_that_is_forbidden_makes_the_server_fail(operations: list[Any]) -> None:
    strict = [operation for operation in operations if forbids(operation)]
    assert {operation.method for operation in strict} == {"post"}
    assert [operation.method for operation in operations if operation not in strict] == ["get"] * 4
    for operation in strict:
        check(operation, GenerationMode.NEGATIVE, LONG)


@pytest.mark.long
@pytest.mark.fuzz
def test_no_query_that_nobody_foresaw_makes_the_server_fail(operations: list[Any]) -> None:
    for operation in operations:
        check(operation, GenerationMode.POSITIVE, LONG, unspoken=True)
