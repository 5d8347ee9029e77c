"""Issue 2, item 5: the API answers as its OpenAPI says, whatever it is sent: no 5xx, every error a problem, every answer in its shape.

A fixed budget of generated requests for each operation, in this process. More: SCHEMATHESIS_EXAMPLES=200.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings

from dutygate.config.wsgi import application
from tests.trips.calling import BASE, token_for
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.long]
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "20"))
OWN_TOKEN = "/tokens/current"


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As django's own test client does: the connection of the test's transaction outlives each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
def test_the_api_answers_as_it_says(world: World, journey: Any):
    import schemathesis  # here: it takes a second to read, and every worker would

    case = journey().up_to("consulting")
    done = journey(townships=("naji",)).up_to("done")
    tokens = {role: token_for(world, role) for role in ("forestry", "lead", "naji", "system_admin", "security_admin")}
    schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", application)
    seen: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        name = f"{operation.method.upper()} {operation.path}"
        seen[name] = set()
        _send(operation, [token_for(world, "water")] if operation.path.endswith(OWN_TOKEN) else list(tokens.values()), seen[name])
    assert len(seen) > 50
    assert all(statuses for statuses in seen.values())
    assert {case.state, done.state} == {"consulting", "done"}, "nothing that was generated has moved a case"


def _send(operation: Any, tokens: list[str], statuses: set[int]) -> None:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

    checks = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
    turn = 0

    @given(request=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(request: Any) -> None:
        nonlocal turn
        turn += 1
        bearer = {"Authorization": f"Bearer {tokens[turn % len(tokens)]}"} if turn % 7 else {}
        response = request.call(headers=bearer)
        statuses.add(response.status_code)
        assert response.status_code < 500, (operation.path, request.body, response.content)
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"], (operation.path, response.status_code)
            problem = response.json()
            assert problem["status"] == response.status_code
            assert problem["findings"]
        request.validate_response(response, checks=checks)

    run()
