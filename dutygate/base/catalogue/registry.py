"""Every action by its name. Faces, imports, replay and the permission matrix read the same catalogue."""

from __future__ import annotations

from typing import Any, Final

from dutygate.base.catalogue.action import Action

_actions: Final[dict[str, Action[Any]]] = {}


def register_action(cls: type[Action[Any]]) -> type[Action[Any]]:
    """Class decorator: make the action known. Raises ValueError on a double name."""
    if cls.name in _actions:
        raise ValueError(f"action {cls.name} is registered twice")
    _actions[cls.name] = cls()
    return cls


def action_named(name: str) -> Action[Any]:
    """The action of that name. Raises KeyError."""
    return _actions[name]


def all_actions() -> dict[str, Action[Any]]:
    """Name to action, in the order of the names."""
    return dict(sorted(_actions.items()))
