"""能不能用: whether a drafted edition is one that this program can run cases under, beside being sound in itself (Articles 3, 4, 11).

Rules, texts and walk speak of provisions, items, points, seats, tracks, parameters, states and actions by name. An edition may have more
of them, and its rows may read otherwise; it cannot lack one that the program rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutygate.law.procedure.consistency import contradictions
from dutygate.law.procedure.table import procedure_of
from dutygate.law.rules.findings import provisions_of_rules

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a draft: the name of the check, the provision it rests on, and what it is about."""

    name: str
    provision: str
    where: str


PARTS: Final = (
    ("items", "4.1"),
    ("focus_points", "4.2"),
    ("seats", "3"),
    ("tracks", "4.3"),
    ("parameters", "3"),
)


def problems(edition: Edition, base: Edition, actions: Iterable[str]) -> list[Problem]:
    """What is wrong with a draft: what it lacks of what ``base`` has, actions of the program that it does not know, and what in it
    contradicts itself; [] when it can be walked.
    """
    lacking = [*_lacking(edition, base), *_unknown_actions(edition, actions), *_uncited(edition)]
    return lacking or [Problem(name, cites, found) for name, cites, found in contradictions(edition)]


def _lacking(edition: Edition, base: Edition) -> Iterator[Problem]:
    for part, cites in PARTS:
        for name in getattr(base, part):
            if name not in getattr(edition, part):
                yield Problem(f"{part}_missing", cites, name)
    known, needed = procedure_of(edition), procedure_of(base)
    yield from (Problem("states_missing", "4", name) for name in needed.states if name not in known.states)
    yield from (Problem("roles_missing", "4", name) for name in needed.roles if name not in known.roles)
    yield from (Problem("outcomes_missing", "4.3", name) for name in needed.outcomes if name not in known.outcomes)


def _unknown_actions(edition: Edition, actions: Iterable[str]) -> Iterator[Problem]:
    known = procedure_of(edition)
    return (Problem("actions_missing", "4", name) for name in sorted(actions) if name not in known)


def _uncited(edition: Edition) -> Iterator[Problem]:
    """A refusal names its provision: every provision that rules cite must be there."""
    cited = {provision for provisions in provisions_of_rules().values() for provision in provisions}
    return (Problem("provisions_missing", "11", provision) for provision in sorted(cited) if provision not in edition.provisions)
