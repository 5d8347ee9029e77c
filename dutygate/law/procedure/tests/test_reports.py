"""7, 8: the table of reports. Every cell of its hand-written matrix, every promise of the walk, and each rule by what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from dutygate.law.procedure.check import check_edition
from dutygate.law.procedure.engine import Permit, Refuse
from dutygate.law.procedure.model import ON
from dutygate.law.procedure.report_walk import BARE, WHOLE, ReportState, answered, broken_reports, explore_reports, roles
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules.facts import ReportFacts

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
FILE = Path(__file__).parents[4] / "tests" / "matrix" / "report_matrix.csv"
LINES = list(csv.DictReader(line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")))
ACTIONS = sorted({line["action"] for line in LINES})


def _good(state: str, action: str) -> ReportState:
    """A report in that state of which no rule has anything to say."""
    finding = "handed_down" if state in ("found", "ordered", "corrected", "checked") else ""
    closes = action == "supervision.close"
    return ReportState(state, ReportFacts(True, True, "unfounded" if closes and state == "found" else finding, state == "checked"), True)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_cell_is_decided_as_written(action: str) -> None:
    states = [name for name in LINES[0] if name not in ("action", "role")]
    wrong = {}
    for line in LINES:
        for state in states if line["action"] == action else ():
            found = answered(EDITION, _good(state, action), action, line["role"], WHOLE)
            kind = "permit" if isinstance(found, Permit) else found.kind
            if kind not in (("permit",) if line[state] == "x" else ("role", "state")):
                wrong[line["role"], state] = kind
    assert wrong == {}


def test_the_matrix_is_whole() -> None:
    named = {line["role"] for line in LINES}
    assert sorted(PROCEDURE.report_rows) == ACTIONS
    assert named == set(roles(EDITION)) >= set(PROCEDURE.report_roles)
    assert len(LINES) == len(ACTIONS) * len(named) == len({(line["action"], line["role"]) for line in LINES})
    assert list(LINES[0]) == ["action", "role", "none", *PROCEDURE.report_states]


def test_every_promise_holds_of_every_report_that_can_be() -> None:
    graph = explore_reports(EDITION)
    assert broken_reports(EDITION) == []
    assert {report.state for report in graph.states} == {"none", *PROCEDURE.report_states}
    assert len(graph.states) > 40 and len(graph.moves) > 150


def _changed(change: Any) -> Edition:
    """The edition with another second table."""
    plain = json.loads(EDITION.canonical())
    change(plain["procedure"])
    return Edition.from_canonical(json.dumps(plain, ensure_ascii=False).encode())


def _row(table: Any, action: str) -> Any:
    return next(row for row in table["report_actions"] if row["action"] == f"supervision.{action}")


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("no_finding_without_hearing", lambda t: _row(t, "find").update(guards=["finding_is_whole"])),
        ("no_order_without_hearing_and_finding", lambda t: _row(t, "order_correction").update(guards=["correction_has_time"])),
        ("the_body_concerned_only_answers_and_corrects", lambda t: _row(t, "find")["by"].append("body_concerned")),
        ("the_reporter_only_adds", lambda t: _row(t, "accept")["by"].append("reporter")),
        ("the_lead_decides_with_a_mandate_alone", lambda t: _row(t, "close")["by"].append("lead")),
        ("what_was_found_is_corrected_before_it_is_closed", lambda t: _row(t, "close").update(guards=[])),
        ("a_report_comes_to_an_end", lambda t: _row(t, "refer")["from"].remove("ordered")),
        ("every_report_state_is_reached", lambda t: _row(t, "dismiss").update({"from": ["dismissed"]})),
        ("a_report_that_waits_is_somebodys_move", lambda t: t["report_tasks"].pop()),
        ("a_task_on_a_report_is_an_action_of_its_state", lambda t: t["report_tasks"][0].update(action="supervision.close")),
    ],
)
def test_a_table_that_breaks_a_promise_is_found_out(promise: str, change: Any) -> None:
    assert promise in {name for name, _provision, _where in broken_reports(_changed(change))}


def test_law_check_reports_it() -> None:
    broken = check_edition(_changed(lambda t: _row(t, "accept")["by"].append("reporter")), quick=True)
    assert [one.invariant for one in broken.broken] == ["the_reporter_only_adds"]


REFUSALS = [
    ("report", "none", {"body": "any_unit"}, ["reports_itself"]),
    ("report", "none", {"body_kind": "township"}, ["township_reported"]),
    ("report", "none", {"forms": ()}, ["report_without_form"]),
    ("report", "none", {"examined": False}, ["nobody_examines"]),
    ("dismiss", "reported", {"reason": " "}, ["reason_missing"]),
    ("hear", "accepted", {"facts": ""}, ["facts_missing"]),
    ("hear", "accepted", {"answer_by": ON}, ["no_time_to_answer"]),
    ("find", "heard", {"text": ""}, ["finding_without_facts"]),
    ("find", "heard", {"forms": ()}, ["finding_without_form"]),
    ("order_correction", "found", {"text": ""}, ["order_says_nothing"]),
    ("order_correction", "found", {"correct_by": ON}, ["no_time_to_correct"]),
    ("corrected", "ordered", {"files": (), "document_number": ""}, ["correction_without_proof"]),
    ("corrected", "ordered", {"text": ""}, ["correction_without_proof"]),
    ("check_correction", "corrected", {"accepted": False, "text": ""}, ["reason_missing"]),
    ("check_correction", "corrected", {"accepted": False, "correct_by": ON}, ["no_time_to_correct"]),
    ("refer", "found", {"to": ""}, ["referral_incomplete"]),
    ("issue_order", "ordered", {"code": ""}, ["letterhead_missing"]),
    ("issue_order", "corrected", {"template": 1}, ["template_not_in_force"]),
    ("issue_order", "ordered", {"standing": "1"}, ["order_stands_already"]),
    ("issue_order", "ordered", {"names_reporter": ("n",)}, ["order_names_the_reporter"]),
    ("attach_order_scan", "ordered", {"void": True}, ["paper_is_void"]),
    ("void_order", "ordered", {"void": True}, ["paper_is_void"]),
    ("void_order", "ordered", {"reason": ""}, ["number_void_without_reason"]),
    ("mandate", "none", {"document_number": ""}, ["mandate_incomplete"]),
    ("mandate", "none", {"valid_to": ON}, ["mandate_days_wrong"]),
    ("remind", "ordered", {"due": False}, ["report_reminder_not_due"]),
]
WHO = {"report": "any_unit", "corrected": "body_concerned", "remind": "system"}


@pytest.mark.parametrize(("action", "state", "given", "codes"), REFUSALS)
def test_a_rule_refuses_with_its_reason(action: str, state: str, given: dict[str, Any], codes: list[str]) -> None:
    name = f"supervision.{action}"
    role = WHO.get(action, "oversight")
    found = answered(EDITION, _good(state, name), name, role, {**WHOLE, **given})
    assert isinstance(found, Refuse) and [f.code for f in found.findings] == codes
    assert isinstance(answered(EDITION, _good(state, name), name, role, WHOLE), Permit)


@pytest.mark.parametrize(
    ("action", "state", "facts", "code"),
    [
        ("find", "asked", ReportFacts(), "body_not_heard"),
        ("order_correction", "found", ReportFacts(True, finding="unfounded"), "nothing_to_correct"),
        ("order_correction", "found", ReportFacts(True, finding="emergency"), "emergency_is_not_corrected"),
        ("close", "found", ReportFacts(True, finding="handed_down"), "correction_is_owed"),
    ],
)
def test_a_rule_refuses_for_what_the_report_is(action: str, state: str, facts: ReportFacts, code: str) -> None:
    found = answered(EDITION, ReportState(state, facts, True), f"supervision.{action}", "oversight", WHOLE)
    assert isinstance(found, Refuse) and [f.code for f in found.findings] == [code]


@pytest.mark.parametrize("action", ["find", "close"])
@pytest.mark.parametrize("finding", ["unfounded", "emergency"])
def test_what_is_unfounded_or_an_emergency_is_closed_and_not_punished(action: str, finding: str) -> None:
    state = "heard" if action == "find" else "found"
    act = {**WHOLE, "outcome": finding, "forms": ()}
    report = ReportState(state, ReportFacts(True, finding=finding), True)
    assert isinstance(answered(EDITION, report, f"supervision.{action}", "oversight", act), Permit)


def test_nothing_is_permitted_with_an_empty_payload_but_what_needs_none() -> None:
    """Each action that asks for something refuses without it."""
    free = {"add", "accept", "answer", "close", "check_correction", "order_made"}
    for name, rows in PROCEDURE.report_rows.items():
        row = rows[0]
        state = next(iter(row.sources))
        found = answered(EDITION, _good(state, name), name, sorted(row.by)[0], BARE)
        assert isinstance(found, Permit) == (name.removeprefix("supervision.") in free), name
