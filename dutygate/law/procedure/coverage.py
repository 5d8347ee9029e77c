"""What keeps each provision: the rules, the actions, the pages, and the tests that were seen to exercise them (all articles).

Tests are counted by what happened while they ran (a rule found something, an action was decided), never by the names that
they mention; ``evidence.json`` beside the editions holds what was seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.citations import sort_key
from dutygate.law.rules.findings import provisions_of_rules
from dutygate.law.rules.registry import RULES

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

PRINCIPLES: Final = "2"
"""The article that no rule cites and every rule serves."""
REQUIRED: Final = ("1", "2", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5")
"""Provisions that need a rule, an action and a test."""
COLUMNS: Final = ("rules", "actions", "pages", "tests")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Test ids (file::function) by the rule that found something in them, and by the action decided in them."""

    rules: Mapping[str, Sequence[str]] = field(default_factory=dict)
    permitted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Evidence:
        """From the value of evidence.json."""
        actions = plain.get("actions", {})
        permitted = {name: tuple(seen.get("permitted", ())) for name, seen in actions.items()}
        refused = {name: tuple(seen.get("refused", ())) for name, seen in actions.items()}
        return cls({name: tuple(tests) for name, tests in plain.get("rules", {}).items()}, permitted, refused)

    def of_action(self, name: str) -> tuple[str, ...]:
        """The tests that decided an action, either way."""
        return (*self.permitted.get(name, ()), *self.refused.get(name, ()))


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps one provision. Rules and actions by name, pages by route, tests as file::function; all in a fixed order."""

    rules: tuple[str, ...]
    actions: tuple[str, ...]
    pages: tuple[str, ...]
    tests: tuple[str, ...]

    def as_dict(self) -> dict[str, list[str]]:
        """Plain values: {rules, actions, pages, tests}."""
        return {column: list(getattr(self, column)) for column in COLUMNS}

    def lacking(self) -> tuple[str, ...]:
        """Which of rules, actions and tests are empty. A provision may be kept without a page."""
        return tuple(column for column in COLUMNS if column != "pages" and not getattr(self, column))


def packaged_evidence() -> Evidence:
    """What ships: ``law/evidence.json``; empty if there is none."""
    file = files("dutygate.law") / "evidence.json"
    return Evidence.from_plain(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else Evidence()


def coverage(edition: Edition, evidence: Evidence, pages: Mapping[str, Iterable[str]]) -> dict[str, Kept]:
    """Provision -> what keeps it, in the order of the text. ``pages``: route -> provisions shown there.

    A rule keeps the provision it cites and those of its findings; an action the one its row cites. A provision that no
    action cites is kept by the actions that ask its rules, an article with items by what keeps its items.
    """
    procedure = procedure_of(edition)
    found = {provision: _kept(provision, procedure, evidence, pages) for provision in edition.provisions}
    for provision in edition.provisions:
        items = [kept for name, kept in found.items() if name.startswith(f"{provision}.")]
        if items:
            found[provision] = _together([found[provision], *items])
    return {provision: found[provision] for provision in sorted(found, key=sort_key)}


def gaps(found: Mapping[str, Kept]) -> dict[str, tuple[str, ...]]:
    """Provision -> what it lacks, for the provisions that must have a rule, an action and a test."""
    lacking = {provision: found[provision].lacking() for provision in REQUIRED if provision in found}
    return {provision: columns for provision, columns in lacking.items() if columns}


def _kept(provision: str, procedure: Procedure, evidence: Evidence, pages: Mapping[str, Iterable[str]]) -> Kept:
    rules = _rules(provision)
    actions = [name for name in procedure.names() if provision in _cited(procedure, name)]
    if not actions:
        actions = [name for name in procedure.names() if _asked(procedure, name) & set(rules)]
    tests = {test for rule in rules for test in evidence.rules.get(rule, ())}
    tests |= {test for action in actions for test in evidence.of_action(action)}
    shown = [route for route, provisions in pages.items() if provision in set(provisions)]
    return Kept(tuple(rules), tuple(actions), tuple(sorted(shown)), tuple(sorted(tests)))


def _rules(provision: str) -> list[str]:
    if provision == PRINCIPLES:
        return sorted(name for name, rule in RULES.items() if rule.serves)
    return sorted(name for name, provisions in provisions_of_rules().items() if provision in provisions)


def _cited(procedure: Procedure, action: str) -> frozenset[str]:
    return frozenset(row.cites for row in procedure.rows_of(action))


def _asked(procedure: Procedure, action: str) -> frozenset[str]:
    return frozenset(guard for row in procedure.rows_of(action) for guard in row.guards)


def _together(parts: Iterable[Kept]) -> Kept:
    """Everything that keeps any of them, once each."""
    each = list(parts)
    columns = {column: tuple(dict.fromkeys(value for part in each for value in getattr(part, column))) for column in COLUMNS}
    return Kept(columns["rules"], columns["actions"], columns["pages"], tuple(sorted(columns["tests"])))
