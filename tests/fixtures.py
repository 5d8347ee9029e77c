"""Fixtures for every test that needs offices and people, or a case on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from tests.journey import Journey
from tests.world import World, create_world


@pytest.fixture(scope="session", autouse=True)
def _clients_are_quick() -> Iterator[None]:
    """Every test client would load the middleware anew, and with it look through all static files; and it would keep a copy of the context
    of every template, which no test reads.
    """
    load, loaded = BaseHandler.load_middleware, dict[tuple[str, ...], dict[str, Any]]()

    def load_once(self: BaseHandler, is_async: bool = False) -> None:
        listed = tuple(settings.MIDDLEWARE)
        if is_async or listed not in loaded:
            before = dict(vars(self))
            load(self, is_async)
            loaded[listed] = {name: value for name, value in vars(self).items() if name not in before}
        else:
            vars(self).update(loaded[listed])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "load_middleware", load_once)
        patch.setattr("django.test.client.store_rendered_templates", lambda *told, **more: None)
        yield


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
