"""批量筛查: the gate of Articles 1 and 7 over many matters at once, and how good its wording rules are.

``screen`` asks of each matter two things: would the gate stop it, declared as what the file says it is; and does its wording alone hint
at an excluded power or an emergency. The second is only a hint that a person settles, so its two rates are measured on rows that
nobody looked at while the rules were made: those whose text ``held_out`` picks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from dutygate.law.regulation.edition import Edition
from dutygate.law.regulation.reading import Plain, parse_yaml
from dutygate.law.rules.facts import Acting, Facts, Head
from dutygate.law.rules.opening import not_an_excluded_power


@dataclass(slots=True)
class Counted:
    """The matters of one class, as the file names it. ``class_id`` is ours, None for a name that we do not know."""

    class_id: str | None
    rows: int = 0
    stopped: int = 0
    flagged: int = 0
    hinted: dict[str, int] = field(default_factory=dict)
    """By kind of hint (penalty, licence, coercion, emergency): matters with at least one."""


def screen(edition: Edition, matters: Iterable[tuple[str, str]]) -> dict[str, Counted]:
    """Count (text, class as named) by class, in the order in which the names first come."""
    classes = class_names(edition)
    found: dict[str, Counted] = {}
    for text, named in matters:
        counted = found.setdefault(named, Counted(classes.get(named)))
        kinds = {hint.wording for hint in edition.exclusions.hints(text)}
        counted.rows += 1
        counted.stopped += counted.class_id is not None and stopped(edition, counted.class_id)
        counted.flagged += bool(kinds)
        for kind in kinds:
            counted.hinted[kind] = counted.hinted.get(kind, 0) + 1
    return found


def stopped(edition: Edition, declared: str) -> bool:
    """Whether a case declared to be of that class would not be opened (Article 1): the very rule that judges a case is asked."""
    facts = Facts(edition, Acting("", ""), edition.in_force_from, Head("drafting"), act={"declared_class": declared})
    return any(finding.code == "excluded_power" for finding in not_an_excluded_power(facts))


def class_names(edition: Edition) -> dict[str, str]:
    """How a file may name a class -> its id: our ids, the labels in both languages, the national codes with and without zero."""
    names: dict[str, str] = {}
    for power in edition.exclusions.classes.values():
        names |= {name: power.id for name in (power.id, power.label.zh, power.label.en)}
    for code, class_id in _item_types():
        if class_id in edition.exclusions.classes:
            names |= {code: class_id, code.zfill(2): class_id}
    return names


def held_out(text: str) -> bool:
    """Whether a row belongs to the half that the rules were not made on: the first byte of the SHA-256 of its text is odd."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


@lru_cache(maxsize=1)
def _item_types() -> tuple[tuple[str, str], ...]:
    name = "item_types.yaml"
    rows = Plain(parse_yaml((files(__package__) / name).read_text(encoding="utf-8"), name), name)
    return tuple((row.get("code").text(), row.get("class").text()) for row in rows.each())
