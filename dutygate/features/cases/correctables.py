"""What can be corrected, and how: the features that own the records say so. A target reads "kind:rest"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.succession import stand_ins


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
class Words:
    """How one field of a record is told, in the language of the page: of which record, what it is called, how its value is typed.

    ``choices``: value -> what it is called; ``may_become``: those that may be chosen. ``optional``: it may be left empty.
    ``paper``: a new document may be needed for it. ``note``: what correcting it brings about besides.
    """

    record: str
    label: str
    shape: Literal["line", "text", "day", "choice"] = "line"
    limit: int = 80
    optional: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    may_become: tuple[str, ...] = ()
    paper: bool = False
    note: str = ""

    def shown(self, value: str) -> str:
        """A value as it is called; days and text stay as they are."""
        return self.choices.get(value, value)


Entered = tuple[str, str, str]
"""(rest of the target, field, value) of what a unit has entered and may correct now."""


@dataclass(frozen=True, slots=True)
class Correctable:
    """``find`` (subject, rest of the target, field, new value) -> Found or None; ``change`` writes the new value.

    ``words`` (subject, rest, field) reads no table, so that a record that is void by now can still be told; ``entered``
    (subject, unit id) lists what that unit may correct, at a number of queries that does not grow with the case.
    """

    find: Callable[[CaseSubject, str, str, str], Found | None]
    change: Callable[[CaseSubject, str, str, str, Mapping[str, Any], Context], None]
    words: Callable[[CaseSubject, str, str], Words | None]
    entered: Callable[[CaseSubject, int], Iterable[Entered]]


@dataclass(frozen=True, slots=True)
class Offer:
    """One field that a unit may correct, with its value as it is."""

    target: str
    field: str
    value: str
    words: Words


_kinds: Final[dict[str, Correctable]] = {}


def correctable(kind: str, handler: Correctable) -> None:
    """Register a kind of record that can be corrected."""
    _kinds[kind] = handler


def handler_of(target: str) -> tuple[Correctable | None, str]:
    """The handler of a target and the rest of its name."""
    kind, _, rest = target.partition(":")
    return _kinds.get(kind), rest


def in_words(subject: CaseSubject, target: str, field_name: str) -> Words:
    """How a field is told; as it is named where nobody has words for it."""
    handler, rest = handler_of(target)
    return (handler.words(subject, rest, field_name) if handler else None) or Words(target, field_name)


def offers_to(subject: CaseSubject, unit_id: int) -> list[Offer]:
    """Everything of a case that this unit, or one in whose place it stands, has entered and may correct now, record by record."""
    units = [unit_id, *(former for former, heir in stand_ins(subject.case).items() if heir == unit_id)]
    return [
        Offer(f"{kind}:{rest}", name, value, words)
        for kind, handler in _kinds.items()
        for unit in units
        for rest, name, value in handler.entered(subject, unit)
        if (words := handler.words(subject, rest, name)) is not None
    ]
