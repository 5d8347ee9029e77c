"""What actions and time do to an exit or adjustment (4.4, 4.5), and whose move it then is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dutygate.law.procedure.effects import effect, passing_time
from dutygate.law.procedure.engine import Permit
from dutygate.law.procedure.model import CaseState, banner_bodies, parties, relations, tasks_of
from dutygate.law.procedure.slices import PLACES
from dutygate.law.procedure.tasks import Task, standing
from dutygate.law.procedure.tests.good import good_case
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.facts import Acting, Head, ReviewFacts, Township
from dutygate.law.rules.lapses import adds_burden

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
EXIT = Head("consulting", kind="exit", initiator="D", from_track="regular", reason="done", duty_lead="D")
SILENT = Township("B", asked=True)


def after(case: CaseState, action: str, unit: str, to: str = "", **act: Any) -> CaseState:
    """The case after a permitted action."""
    return effect(EDITION, case, action, Acting(unit, act.get("entered_for") or unit), act, Permit(to or case.head.state, "4"))


def leaving(*townships: Township, state: str = "consulting", **head: Any) -> CaseState:
    """An exit in which these are asked."""
    return good_case(EDITION, "consulting").having(head=replace(EXIT, state=state, **head), townships=townships)


def test_time_runs_out_for_whoever_is_silent_or_contests_its_paper_and_for_nobody_else() -> None:
    contested = Township("C", asked=True, answer="agree", paper="unchecked", contested=True)
    case = leaving(Township("A", asked=True, answer="disagree"), SILENT, contested, Township("X"))
    later = dict(passing_time(case))
    assert later.keys() == {"B", "C"}
    assert later["B"].township("B") == replace(SILENT, out_of_time=True)
    assert dict(passing_time(case, duty_may_end=True))["the duty"].head.duty_in_force is False
    assert dict(passing_time(case.having(head=replace(case.head, kind="admission")), duty_may_end=True)) == {}
    assert dict(passing_time(leaving(SILENT, state="approved"))) == {}


def test_asking_again_keeps_an_objection_and_gives_the_silent_their_time_anew() -> None:
    objects = Township("A", asked=True, answer="disagree")
    case = after(leaving(objects, replace(SILENT, out_of_time=True)), "consultation.ask_again", "D")
    assert case.townships == (objects, SILENT)
    lapsed = after(leaving(replace(objects, lapsed=True)), "consultation.ask_again", "D")
    assert lapsed.townships == (Township("A", asked=True),)


def test_who_joins_and_who_is_a_department_stays_so_whatever_it_says() -> None:
    case = leaving(SILENT, kind="adjustment")
    case = after(case, "application.edit", "D", add_townships=("C", "E"), joining=("C",), departments=("E",), items=("division",))
    case = after(case, "consultation.ask_again", "D")
    case = after(after(case, "consultation.reply", "C", answer="agree"), "consultation.reply", "E", answer="disagree")
    assert case.township("C") == Township("C", asked=True, answer="agree", joins=True)
    assert case.township("E") == Township("E", asked=True, answer="disagree", department=True)


def test_a_case_knows_from_its_opening_who_carries_and_who_leads_the_duty() -> None:
    none = CaseState(Head("none"), review=ReviewFacts(PLACES.seats, members=PLACES.members))
    given = {"kind": "exit", "track": "temporary", "from_track": "temporary", "reason": "done", "by_township": True, "duty_lead": "E"}
    case = after(none, "case.open", "A", "drafting", concerned=("A", "B", "E"), **given)
    assert (case.head.initiator, case.head.kind, case.head.duty_lead) == ("A", "exit", "E")
    assert parties(case) == {"A", "B", "E", "J", "S", "M"}
    told = after(case.having(head=replace(case.head, state="approved")), "notice.issue", "L", addressees=tuple(parties(case)))
    assert told.notice.required == parties(case)


def test_an_adjustment_that_must_be_is_the_departments_and_the_lead_stands_in() -> None:
    none = CaseState(Head("none"), review=ReviewFacts(PLACES.seats, members=PLACES.members))
    case = after(none, "case.open", "L", "drafting", kind="adjustment", mandated=True, initiator="D", reason="law_changed")
    assert case.head.initiator == "D"
    assert "lead_in_stead" in relations(case, "L", PLACES) and "initiator" in relations(case, "D", PLACES)
    assert "lead_in_stead" not in relations(case, "J", PLACES)
    own = after(none, "case.open", "L", "drafting", kind="adjustment", mandated=True, initiator="L", reason="law_changed")
    assert "lead_in_stead" not in relations(own, "L", PLACES), "of its own duty it is the applicant"


def test_the_bodies_are_those_of_the_track_that_decides() -> None:
    case = good_case(EDITION, "concluded")
    temporary_before = replace(case.head, kind="adjustment", track="regular", from_track="temporary")
    sent = after(case.having(head=temporary_before), "decision.submit_to_banner", "L", "banner_decision")
    assert sent.decision.needed == banner_bodies(EDITION, "regular")


def test_silence_opens_no_task_and_holds_none_back_once_it_is_recorded() -> None:
    waiting = leaving(Township("A", asked=True, answer="disagree"), SILENT)
    assert tasks_of(EDITION, waiting, PLACES) == {Task("consultation.reply", "B")}
    late = leaving(Township("A", asked=True, answer="disagree"), replace(SILENT, out_of_time=True))
    assert tasks_of(EDITION, late, PLACES) == tasks_of(EDITION, waiting, PLACES), "time alone opens no task"
    concluded = late.having(head=replace(late.head, state="agreed"))
    assert tasks_of(EDITION, concluded, PLACES) == {Task("application.submit", "D")}
    everybody = leaving(Township("A", asked=True, answer="disagree"), replace(SILENT, answer="agree"))
    assert tasks_of(EDITION, everybody, PLACES) == {Task("consultation.conclude", "D")}


def test_standing_counts_what_the_case_rests_on() -> None:
    parties_asked = (
        *(Township("A", asked=True, answer="disagree"), SILENT),
        Township("C", asked=True, answer="agree_with_conditions", condition="open"),
    )
    of_exit = standing(parties_asked, EXIT)
    assert (of_exit.total, of_exit.silent, of_exit.against, of_exit.consenting, of_exit.unheeded) == (3, 1, 0, 1, 1)
    of_admission = standing(parties_asked)
    assert (of_admission.against, of_admission.consenting, of_admission.unheeded) == (1, 0, 0)
    assert of_exit.condition_open == of_admission.condition_open == 1


def test_what_adds_burden_is_all_that_townships_judge_but_its_name_and_basis() -> None:
    judged = {item.id for item in EDITION.items.values() if item.judged_by_townships}
    assert {item for item in judged if not adds_burden(EDITION, [item])} == {"name", "legal_basis"}
    assert adds_burden(EDITION, ["legal_basis", "content"]) and adds_burden(EDITION, ["track"]) and adds_burden(EDITION, ["mode"])
    assert not adds_burden(EDITION, ["negotiated_opinion"]) and not adds_burden(EDITION, [])


def test_the_department_whose_duty_it_is_owes_no_assessment() -> None:
    case = good_case(EDITION, "reviewing")
    head = replace(case.head, kind="exit", initiator="A", by_township=True, from_track="regular", duty_lead="J")
    case = case.having(head=head, review=replace(case.review, assessments=()))
    owed = {(task.unit, task.action) for task in tasks_of(EDITION, case, PLACES)}
    assert ("J", "review.assess") not in owed
    assert {("L", "review.substitute"), ("L", "review.assess"), ("S", "review.assess")} <= owed
