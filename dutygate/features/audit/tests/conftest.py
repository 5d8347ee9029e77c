"""A register with a case and a refused try in it, and checks that are done here and now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from dutygate.base.actions import clock
from dutygate.base.catalogue.errors import Refused
from dutygate.features.audit.asking import take_next
from dutygate.features.audit.running import run_check
from tests.pages.signed_in import browser_of

NEVER = 3600.0
"""No sign of life within a test that runs in one transaction: another connection would not see the row."""


@pytest.fixture
def browser(world):
    """A browser in the post of a role of the world."""

    def sign_in(role: str) -> Client:
        return browser_of(world.people[role])

    return sign_in


@pytest.fixture
def trip(journey):
    """A case that was consulted about, and a conclusion that the law refused."""
    made = journey().up_to("consulting")
    with pytest.raises(Refused):
        made.do("forestry", "consultation.conclude", negotiated_opinion="各方同意")
    return made


@pytest.fixture
def checked(world) -> Callable[..., Any]:
    """Ask for a check on the page and do it at once; its row."""

    def do(kind: str, role: str = "audit_admin", **fields: str) -> Any:
        asked = browser_of(world.people[role]).post("/audit/checks/", {"kind": kind, **fields})
        assert asked.status_code == 302, asked.content.decode()
        number = take_next(clock.now())
        assert number is not None and run_check(number, every=NEVER)
        return apps.get_model("audit.Check").objects.get(pk=number)

    return do
