"""``law check`` as a value: the table is sound, every state was walked, every promise of the text held (all of Articles 1-4.4)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dutygate.law.procedure.consistency import CHECKS, contradictions
from dutygate.law.procedure.duty_slices import duty_slices
from dutygate.law.procedure.invariants import STATES, STEPS
from dutygate.law.procedure.liveness import dead_ends, held_up, idle_tasks
from dutygate.law.procedure.report_walk import PROMISES, broken_reports
from dutygate.law.procedure.slices import Slice, slices
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.walk import Broken, explore

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition


@dataclass(frozen=True, slots=True)
class Walked:
    """One cut as it was walked."""

    name: str
    states: int
    permitted: int
    refused: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found. ``unreached``: states of the table that no cut came to."""

    edition: str
    digest: str
    quick: bool
    cuts: tuple[Walked, ...]
    invariants: int
    broken: tuple[Broken, ...]
    unreached: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Everything holds and everything was reached."""
        return not self.broken and not self.unreached

    def total(self, name: str) -> int:
        """The sum of ``states``, ``permitted`` or ``refused`` over the cuts."""
        return sum(int(getattr(cut, name)) for cut in self.cuts)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        totals = {name: self.total(name) for name in ("states", "permitted", "refused")}
        return {**asdict(self), **totals, "ok": self.ok}


def check_edition(edition: Edition, *, quick: bool = False) -> Report:
    """Check the table, and if it is sound walk every cut; stops at the first cut in which a promise is broken."""
    broken = [Broken(name, cites, "procedure.yaml", (found,)) for name, cites, found in contradictions(edition)]
    broken += [Broken(name, cites, "reports", (found,)) for name, cites, found in broken_reports(edition)] if not broken else []
    cuts: list[Walked] = []
    reached: set[str] = set()
    if not broken:
        for cut in all_slices(quick):
            walked, found, states = _walk(edition, cut)
            cuts.append(walked)
            reached |= states
            broken += found
            if broken:
                break
    missing = () if broken else tuple(name for name in procedure_of(edition).states if name not in reached)
    # Beside them: somebody has the move, done can be reached, no side holds the other, tasks can be done by their holder.
    # And of the second table those of ``report_walk``.
    promises = len(STATES) + len(STEPS) + len(CHECKS) + 4 + (PROMISES if procedure_of(edition).report_rows else 0)
    return Report(edition.id, edition.digest, quick, tuple(cuts), promises, tuple(broken), missing)


def all_slices(quick: bool = False) -> list[Slice]:
    """Every cut: of admissions, then of exits and adjustments."""
    return [*slices(quick), *duty_slices(quick)]


def _walk(edition: Edition, cut: Slice) -> tuple[Walked, list[Broken], set[str]]:
    graph = explore(edition, cut)
    found = list(graph.broken) or [*dead_ends(edition, graph), *held_up(edition, graph), *idle_tasks(edition, graph)]
    return Walked(cut.name, len(graph.states), graph.permitted, graph.refused), found, {s.head.state for s in graph.states}


def first_broken(edition: Edition, *, quick: bool = True) -> str | None:
    """The name of the first promise that this edition's procedure breaks, or None."""
    report = check_edition(edition, quick=quick)
    if report.broken:
        return report.broken[0].invariant
    return "every_state_is_reached" if report.unreached else None
