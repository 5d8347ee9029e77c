"""Fixtures for every test that needs offices and people, or a case on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from tests.journey import Journey
from tests.world import World, create_world


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    """阿荣旗 with three townships that are asked and one that is not."""
    yield create_world()
    forget_directories()
    forget_kept_editions()


@pytest.fixture
def journey(world: World) -> Callable[..., Journey]:
    """Start one more case: ``journey()``, or with another department or other townships."""

    def start(initiator: str = "forestry", townships: tuple[str, ...] = ()) -> Journey:
        return Journey(world, initiator, townships)

    return start
