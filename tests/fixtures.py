"""Fixtures for every test that needs offices and people, or a case on its way."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from tests.journey import Journey
from tests.world import World, create_world

_made: list[tuple[World, list[models.Model]]] = []


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    """阿荣旗 with three townships that are asked and one that is not.

    It is made through the door once in each process; after that the rows that came of it are put in as they were.
    """
    forget_directories()
    forget_kept_editions()
    if _made:
        found, rows = _made[0]
        _put(rows)
    else:
        found = create_world()
        _made.append((found, _rows()))
    yield copy.deepcopy(found)
    forget_directories()
    forget_kept_editions()


def _rows() -> list[models.Model]:
    own = [model for model in apps.get_models() if hasattr(model, "record_class")]
    return [row for model in own for row in model._default_manager.all()]


def _put(rows: list[models.Model]) -> None:
    with transaction.atomic():  # a row may refer to one that comes after it
        for model in {type(row): None for row in rows}:
            model._default_manager.bulk_create(copy.copy(row) for row in rows if type(row) is model)


@pytest.fixture
def journey(world: World) -> Callable[..., Journey]:
    """Start one more case: ``journey()``, or with another department or other townships."""

    def start(initiator: str = "forestry", townships: tuple[str, ...] = ()) -> Journey:
        return Journey(world, initiator, townships)

    return start
