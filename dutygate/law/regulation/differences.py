"""版本差异: what one edition says otherwise than another, part by part, as plain values (preamble, Article 11).

Texts are compared in both languages, rows of the procedure by what they are about (action, roles and states they start from), so
that a row moved in the file is no difference. The order of the differences is that of the edition, its text first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from .plain import plain_edition

if TYPE_CHECKING:
    from .edition import Edition

Kind = Literal["added", "removed", "changed"]
IDENTITY: Final = (
    *("title", "document_number", "issuer", "issued_on", "in_force_from", "in_force_to", "repeals", "repealed_by", "interpreter"),
    *("content_published", "note"),
)
BY_ID: Final = (
    ("edition", "provisions", "id"),
    ("edition", "principles", "id"),
    ("edition", "items", "id"),
    ("edition", "exit_items", "id"),
    ("edition", "change_reasons", "id"),
    ("edition", "focus_points", "id"),
    ("edition", "seats", "id"),
    ("edition", "tracks", "id"),
    ("parameters", "parameters", "name"),
    ("exclusions", "classes", "id"),
    ("exclusions", "wording", "id"),
    ("exclusions", "forms", "id"),
    ("exclusions", "above", "id"),
)
"""(part, list in it, what its members go by)."""
NAMED: Final = ("states", "kinds", "outcomes", "outcomes_of", "states_of", "roles", "report_states", "report_roles")
"""Sections of the procedure that are mappings; one that is not named here comes after them."""
PARTS: Final = (
    "identity",
    *(section for _part, section, _key in BY_ID),
    "negations",
    *NAMED,
    *("actions", "offices", "tasks", "report_actions", "report_tasks"),
)
"""Every part of an edition in which something may differ, in the order of the text."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that reads otherwise: plain values, None where there was or is nothing."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One provision, parameter, item or rule row. ``part`` is one of ``PARTS``; ``key`` says which of them.

    ``fields``: of what was changed the fields that differ, of what was added or removed all of them.
    """

    part: str
    key: str
    kind: Kind
    fields: tuple[FieldChange, ...]


def differences(old: Edition, new: Edition) -> tuple[Difference, ...]:
    """Everything that ``new`` says otherwise than ``old``; () if their digests are equal but for the id."""
    before, after = plain_edition(old), plain_edition(new)
    return (
        *_one("identity", "identity", _only(before["edition"], IDENTITY), _only(after["edition"], IDENTITY)),
        *(found for part, section, key in BY_ID for found in _listed(before, after, part, section, key)),
        *_one("negations", "negations", _negations(before), _negations(after)),
        *(found for section in _sections(before, after) for found in _mapped(section, before["procedure"], after["procedure"])),
        *_rows(before["procedure"], after["procedure"]),
    )


def _only(plain: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: plain.get(name) for name in names}


def _negations(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Words before which a forbidden form is none (Article 7): one list for all forms."""
    return {"negations": list(plain["exclusions"].get("negations", ()))}


def _one(part: str, key: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Difference]:
    if old is None or new is None:
        kind: Kind = "added" if old is None else "removed"
        there = (new if old is None else old) or {}
        fields = [FieldChange(name, None if old is None else value, value if old is None else None) for name, value in there.items()]
        yield Difference(part, key, kind, tuple(fields))
        return
    names = dict.fromkeys([*old, *new])
    changed = tuple(FieldChange(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))
    if changed:
        yield Difference(part, key, "changed", changed)


def _each(part: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> Iterator[Difference]:
    for key in _in_order(list(old), list(new)):
        yield from _one(part, key, old.get(key), new.get(key))


def _in_order(old: list[str], new: list[str]) -> list[str]:
    """The keys of the new one, with those that are gone after the one they stood behind."""
    found = list(new)
    for at, key in enumerate(old):
        if key in found:
            continue
        behind = next((found.index(other) for other in reversed(old[:at]) if other in found), -1)
        found.insert(behind + 1, key)
    return found


def _listed(before: Mapping[str, Any], after: Mapping[str, Any], part: str, section: str, key: str) -> Iterator[Difference]:
    old, new = ({str(one[key]): _without(one, key) for one in plain[part].get(section, ())} for plain in (before, after))
    yield from _each(section, old, new)


def _without(one: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != key}


def _sections(*plains: Mapping[str, Any]) -> list[str]:
    """The sections of the procedure that are mappings."""
    there = dict.fromkeys(name for plain in plains for name, value in plain["procedure"].items() if isinstance(value, dict))
    return [*(name for name in NAMED if name in there), *(name for name in there if name not in NAMED)]


def _mapped(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _each(section, before.get(section, {}), after.get(section, {}))


def _rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for section in ("actions", "offices", "report_actions"):
        yield from _each(section, _by_action(before.get(section, ())), _by_action(after.get(section, ())))
    for section in ("tasks", "report_tasks"):
        old, new = ({_task(one): dict(one) for one in plain.get(section, ())} for plain in (before, after))
        yield from _each(section, old, new)


def _by_action(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows by action, the second of one action as "action#2": an action has one row for each group of states or roles."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        name, number = str(row["action"]), 1
        key = name
        while key in found:
            number += 1
            key = f"{name}#{number}"
        found[key] = _without(row, "action")
    return found


def _task(one: Mapping[str, Any]) -> str:
    """Whose move it is in a state."""
    return f"{one.get('state')}: {one.get('action')} by {one.get('who')}"
