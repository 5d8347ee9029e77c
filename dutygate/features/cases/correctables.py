"""What can be corrected, and how: the features that own the records say so. A target reads "kind:rest"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.facts import CaseSubject


@dataclass(frozen=True, slots=True)
class Found:
    """One field of one record as it is: its id, who entered it, its value, and whether the new value turns "no" into "yes".

    ``facts`` goes to the rules (field, body ...); ``document`` is the number of the paper it rests on.
    """

    record: int
    unit_id: int
    value: str
    to_opposite: bool
    document: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correctable:
    """``find`` (subject, rest of the target, field, new value) -> Found or None; ``change`` writes the new value."""

    find: Callable[[CaseSubject, str, str, str], Found | None]
    change: Callable[[CaseSubject, str, str, str, Mapping[str, Any], Context], None]


_kinds: Final[dict[str, Correctable]] = {}


def correctable(kind: str, handler: Correctable) -> None:
    """Register a kind of record that can be corrected."""
    _kinds[kind] = handler


def handler_of(target: str) -> tuple[Correctable | None, str]:
    """The handler of a target and the rest of its name."""
    kind, _, rest = target.partition(":")
    return _kinds.get(kind), rest
