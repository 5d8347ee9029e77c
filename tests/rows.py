"""Rows of any table, for tests: models are imported in their own folder only."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def rows(model: str, **where: Any) -> Any:
    """The rows of "app.Model" that fit."""
    return apps.get_model(model)._default_manager.filter(**where)
