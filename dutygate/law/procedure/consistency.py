"""What ``procedure.yaml`` must be before it is walked: every name it uses exists, and its parts agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from dutygate.law.procedure.table import OTHERWISE, SAME, Procedure, Row, procedure_of
from dutygate.law.procedure.tasks import TOWNSHIP_ACTIONS, WHEN
from dutygate.law.rules.signing import steps_to_sign

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

Check = Callable[["Edition", Procedure], Iterator[str]]
EACH: Final = ("township", "seat", "department", "body", "unit")
# Questions of a task that are asked of each unit by itself, in ``tasks.township_tasks`` and beside the seats and bodies.
OF_EACH: Final = ("silent", "condition_answered", "not_assessed", "comment_open", "not_decided", "receipt_open")


def _rows(procedure: Procedure) -> Iterator[Row]:
    for rows in procedure.rows.values():
        yield from rows
    yield from procedure.offices.values()
    yield from _report_rows(procedure)


def _report_rows(procedure: Procedure) -> Iterator[Row]:
    for rows in procedure.report_rows.values():
        yield from rows


def _provisions_exist(edition: Edition, procedure: Procedure) -> Iterator[str]:
    cited = [(row.action, row.cites) for row in _rows(procedure)] + [
        (s.name, s.cites) for s in (*procedure.states.values(), *procedure.report_states.values())
    ]
    return (f"{name} cites {cites}" for name, cites in cited if cites not in edition.provisions)


def _roles_exist(edition: Edition, procedure: Procedure) -> Iterator[str]:
    return (f"{row.action} by {role}" for row in _rows(procedure) for role in sorted(row.by) if procedure.role_label(role) is None)


def _every_row_is_somebodys(edition: Edition, procedure: Procedure) -> Iterator[str]:
    return (row.action for row in _rows(procedure) if not row.by)


def _limits_exist(edition: Edition, procedure: Procedure) -> Iterator[str]:
    named = [
        (row.action, limit)
        for row in _rows(procedure)
        for limit in (row.limit, row.limit_mandated, *(own for _, own in row.limit_of_seat))
        if limit
    ]
    return (f"{action}: {limit}" for action, limit in named if limit not in edition.parameters)


def _questions_end_otherwise(edition: Edition, procedure: Procedure) -> Iterator[str]:
    return (row.action for row in _rows(procedure) if [q for q, _ in row.to].index(OTHERWISE) != len(row.to) - 1)


def _final_states_lead_nowhere(edition: Edition, procedure: Procedure) -> Iterator[str]:
    """What may be done in a case that has ended leaves it as it is; a correction, possible everywhere, is the one way back."""
    final = {state.name for state in procedure.states.values() if state.final}
    for row in (*(row for rows in procedure.rows.values() for row in rows), *procedure.offices.values()):
        stays = {target for _, target in row.to} == {SAME}
        if row.sources & final and not stays and not set(row.sources) >= set(procedure.states):
            yield f"{row.action} from {sorted(row.sources & final)}"


def _one_row_for_one_unit(edition: Edition, procedure: Procedure) -> Iterator[str]:
    for action, rows in (*procedure.rows.items(), *procedure.report_rows.items()):
        for n, row in enumerate(rows):
            for other in rows[n + 1 :]:
                if row.sources & other.sources and row.by & other.by:
                    yield f"{action} twice from {sorted(row.sources & other.sources)}"


def _tasks_are_actions_of_their_state(edition: Edition, procedure: Procedure) -> Iterator[str]:
    for task in procedure.tasks:
        rows = [row for row in procedure.rows.get(task.action, ()) if task.state in row.sources]
        if not rows or (task.role and not any(task.role in row.by for row in rows)):
            yield f"{task.state}: {task.action} by {task.role or task.each}"


def _tasks_ask_what_is_known(edition: Edition, procedure: Procedure) -> Iterator[str]:
    for task in procedure.tasks:
        known = OF_EACH if task.each else WHEN
        if task.when not in (*known, "") or (task.each and task.each not in EACH):
            yield f"{task.state}: {task.action} when {task.when}"


def _townships_tasks_are_listed(edition: Edition, procedure: Procedure) -> Iterator[str]:
    listed = {(t.state, t.action) for t in procedure.tasks if t.each == "township"}
    return (f"consulting: {action} each township" for action in TOWNSHIP_ACTIONS if ("consulting", action) not in listed)


def _signed_steps_are_steps_of_a_case(edition: Edition, procedure: Procedure) -> Iterator[str]:
    """What a second person signs is a step of a case that is there; a signature is not signed again."""
    named = {step for track in edition.tracks for step in steps_to_sign(edition, track)}
    return iter(sorted(named - signable(procedure)))


def signable(procedure: Procedure) -> frozenset[str]:
    """The steps of a case that a second person can be asked to sign (3): none that opens it, and no signature."""
    steps = {name for name, rows in procedure.rows.items() if any(row.sources != {"none"} for row in rows)}
    return frozenset(step for step in steps if not step.startswith("signature."))


def _every_state_has_a_way_in(edition: Edition, procedure: Procedure) -> Iterator[str]:
    reached = {target for rows in procedure.rows.values() for row in rows for _, target in row.to if target != SAME}
    return (name for name in procedure.states if name not in reached)


CHECKS: Final[dict[str, tuple[str, Check]]] = {
    "provisions_exist": ("4", _provisions_exist),
    "roles_exist": ("4", _roles_exist),
    "every_row_is_somebodys": ("4", _every_row_is_somebodys),
    "limits_exist": ("3", _limits_exist),
    "questions_end_otherwise": ("4", _questions_end_otherwise),
    "final_states_lead_nowhere": ("4", _final_states_lead_nowhere),
    "one_row_for_one_unit": ("4", _one_row_for_one_unit),
    "every_state_has_a_way_in": ("4", _every_state_has_a_way_in),
    "tasks_are_actions_of_their_state": ("4", _tasks_are_actions_of_their_state),
    "tasks_ask_what_is_known": ("4", _tasks_ask_what_is_known),
    "signed_steps_are_steps_of_a_case": ("3", _signed_steps_are_steps_of_a_case),
    "townships_tasks_are_listed": ("4.1", _townships_tasks_are_listed),
}


def contradictions(edition: Edition) -> list[tuple[str, str, str]]:
    """(name of the check, provision, what contradicts it), in the order of the checks; [] when the table is sound."""
    procedure = procedure_of(edition)
    return [(name, cites, found) for name, (cites, check) in CHECKS.items() for found in check(edition, procedure)]
