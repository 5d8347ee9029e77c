"""The second table walked: every report that can be, and what must hold of each (Articles 7, 8).

A report is small: its state, and the four facts that the rules look at. So every state is reached from every other by every action
that is open, in a few hundred decisions, and nothing is left to sampling.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.procedure.engine import Permit, decide
from dutygate.law.procedure.model import ON
from dutygate.law.procedure.table import procedure_of
from dutygate.law.rules.facts import Acting, Facts, Head, ReportFacts
from dutygate.law.rules.supervision import FORMS, OUTCOMES

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

LATER: Final = ON + timedelta(days=30)
WHOLE: Final[Mapping[str, Any]] = {
    **{"body": "D", "body_kind": "department", "examined": True, "forms": (FORMS[0],), "reason": "r", "facts": "f", "text": "t"},
    **{"today": ON, "answer_by": LATER, "correct_by": LATER, "files": ("d",), "document_number": "1", "dated_on": ON, "to": "b"},
    **{"valid_from": ON, "valid_to": LATER, "due": True, "outcome": "handed_down", "accepted": True},
    **{"code": "c", "template": 0, "template_now": 0, "standing": "", "names_reporter": (), "void": False, "number": "1"},
}
"""A payload with which every rule is satisfied that looks at the payload alone."""
BARE: Final[Mapping[str, Any]] = {
    **WHOLE,
    **dict.fromkeys(("forms", "files"), ()),
    **{"code": "", "template": 1, "standing": "1", "names_reporter": ("n",), "void": True},
    **dict.fromkeys(("reason", "facts", "text", "document_number", "dated_on", "to", "valid_from", "valid_to", "due", "examined"), ""),
}
DECIDES: Final = ("find", "order_correction", "issue_order", "attach_order_scan", "void_order", "check_correction", "refer", "close")
PROMISES: Final = 10
"""How many promises ``broken_reports`` looks at."""
BY_BODY: Final = frozenset({"supervision.answer", "supervision.corrected"})


@dataclass(frozen=True, slots=True)
class ReportState:
    """One report. ``put``: facts were put to the body concerned; ``ordered``: a correction was ordered."""

    state: str = "none"
    facts: ReportFacts = field(default_factory=ReportFacts)
    put: bool = False
    ordered: bool = False


@dataclass(slots=True)
class ReportGraph:
    """Every report that was reached, and the moves (before, action, role, after)."""

    states: set[ReportState] = field(default_factory=set)
    moves: list[tuple[ReportState, str, str, ReportState]] = field(default_factory=list)


def roles(edition: Edition) -> tuple[str, ...]:
    """Every role that the second table names, each held alone."""
    procedure = procedure_of(edition)
    return tuple(sorted({role for rows in procedure.report_rows.values() for row in rows for role in row.by}))


def acts(action: str) -> Iterator[Mapping[str, Any]]:
    """The payloads that lead to different ends."""
    if action == "supervision.find":
        yield from ({**WHOLE, "outcome": outcome} for outcome in OUTCOMES)
    elif action == "supervision.check_correction":
        yield from ({**WHOLE, "accepted": accepted} for accepted in (True, False))
    else:
        yield WHOLE


def explore_reports(edition: Edition) -> ReportGraph:
    """From nothing, by everybody, until there is nothing new; time may pass while the body concerned is asked."""
    procedure, graph = procedure_of(edition), ReportGraph()
    waiting = deque([ReportState()])
    while waiting:
        report = waiting.popleft()
        if report in graph.states:
            continue
        graph.states.add(report)
        if report.state == "asked" and not report.facts.time_over:
            waiting.append(replace(report, facts=replace(report.facts, time_over=True)))
        for action in procedure.report_rows:
            for role in roles(edition):
                for act in acts(action):
                    answer = answered(edition, report, action, role, act)
                    if isinstance(answer, Permit):
                        after = done(report, action, act, answer.to)
                        graph.moves.append((report, action, role, after))
                        waiting.append(after)
    return graph


def answered(edition: Edition, report: ReportState, action: str, role: str, act: Mapping[str, Any]) -> Any:
    """What the law says to somebody who holds that one role."""
    acting = Acting(role, role, frozenset({role}))
    facts = Facts(edition, acting, ON, Head(state=report.state), act, report=report.facts)
    return decide(edition, action, report.state, acting, facts, ON)


def done(report: ReportState, action: str, act: Mapping[str, Any], to: str) -> ReportState:
    """The report after an action."""
    facts, put, ordered = report.facts, report.put, report.ordered
    if action == "supervision.hear":
        facts, put = replace(facts, answered=False, time_over=False), True
    elif action == "supervision.answer":
        facts = replace(facts, answered=True)
    elif action == "supervision.find":
        facts = replace(facts, finding=str(act["outcome"]))
    elif action == "supervision.order_correction":
        ordered = True
    elif action == "supervision.check_correction":
        facts = replace(facts, corrected=bool(act["accepted"]))
    return ReportState(to, facts, put, ordered)


def broken_reports(edition: Edition) -> list[tuple[str, str, str]]:
    """(promise, provision, where it is broken) of an edition's second table; [] when all hold, or when there is none."""
    procedure = procedure_of(edition)
    if not procedure.report_rows:
        return []
    graph = explore_reports(edition)
    reached = {report.state for report in graph.states}
    found = [("every_report_state_is_reached", "8", name) for name in procedure.report_states if name not in reached]
    found += [("a_report_comes_to_an_end", "8", _said(report)) for report in _without_an_end(graph, procedure.report_states)]
    for before, action, role, after in graph.moves:
        short = action.removeprefix("supervision.")
        where = f"{_said(before)}: {action} by {role}"
        if short == "find" and not (before.put and (before.facts.answered or before.facts.time_over)):
            found.append(("no_finding_without_hearing", "8", where))
        if after.ordered and not (before.put and after.facts.finding == "handed_down"):
            found.append(("no_order_without_hearing_and_finding", "8", where))
        if role == "body_concerned" and action not in BY_BODY:
            found.append(("the_body_concerned_only_answers_and_corrects", "8", where))
        if role == "reporter" and short != "add":
            found.append(("the_reporter_only_adds", "8", where))
        if role == "lead" and short in DECIDES:
            found.append(("the_lead_decides_with_a_mandate_alone", "8", where))
        if after.state == "closed" and after.facts.finding == "handed_down" and not after.facts.corrected:
            found.append(("what_was_found_is_corrected_before_it_is_closed", "8", where))
    found += [
        ("a_report_that_waits_is_somebodys_move", "8", name)
        for name, state in procedure.report_states.items()
        if state.final == (procedure.report_task(name) is not None)
    ]
    found += [
        ("a_task_on_a_report_is_an_action_of_its_state", "8", f"{task.state}: {task.action}")
        for task in procedure.report_tasks
        if not any(task.state in row.sources for row in procedure.report_rows.get(task.action, ()))
    ]
    return sorted(set(found))


def _without_an_end(graph: ReportGraph, states: Mapping[str, Any]) -> list[ReportState]:
    """Open reports that the oversight body and the body concerned together, or the oversight body alone, cannot bring to an end."""
    ends = {report for report in graph.states if report.state in states and states[report.state].final}
    before: dict[ReportState, set[ReportState]] = {}
    for earlier, _action, role, after in graph.moves:
        if role == "oversight":  # it must not depend on whether the body concerned does its part
            before.setdefault(after, set()).add(earlier)
    for report in graph.states:
        if report.state == "asked" and report.facts.time_over:  # time passes by itself
            before.setdefault(report, set()).add(replace(report, facts=replace(report.facts, time_over=False)))
    waiting, good = deque(ends), set(ends)
    while waiting:
        for earlier in before.get(waiting.popleft(), ()):
            if earlier not in good:
                good.add(earlier)
                waiting.append(earlier)
    return [report for report in graph.states if report.state != "none" and report not in good]


def _said(report: ReportState) -> str:
    marks = [name for name, holds in (("answered", report.facts.answered), ("late", report.facts.time_over)) if holds]
    return " ".join((report.state, report.facts.finding or "-", *marks))
