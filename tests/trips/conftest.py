"""Callers for the people of the test world."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.config.api.tokens import failures
from tests.trips.calling import Caller, token_for
from tests.world import World


@pytest.fixture
def caller(world: World) -> Callable[[str], Caller]:
    """The caller of a role; "" is nobody."""
    failures.clear()
    known: dict[str, Caller] = {}

    def call(role: str) -> Caller:
        if role not in known:
            known[role] = Caller(token_for(world, role) if role else "")
        return known[role]

    return call
