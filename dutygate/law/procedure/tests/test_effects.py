"""What each action does to a case (Articles 3, 4.1-4.4): the meaning that the tables keep too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dutygate.law.procedure.effects import effect, out_of_time
from dutygate.law.procedure.engine import Permit
from dutygate.law.procedure.model import CaseState, parties
from dutygate.law.procedure.tests.good import good_case, good_for
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.facts import Acting, Asked, Township
from dutygate.law.rules.lapses import opinions_lapse, points_lapsed

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]


def after(case: CaseState, action: str, unit: str, to: str = "", **act: Any) -> CaseState:
    """The case after a permitted action."""
    return effect(EDITION, case, action, Acting(unit, act.get("entered_for") or unit), act, Permit(to or case.head.state, "4"))


def naji(case: CaseState) -> Township:
    township = case.township("A")
    assert township is not None
    return township


def test_an_edit_lapses_exactly_the_opinions_it_touches() -> None:
    case = after(good_case(EDITION, "agreed"), "application.edit", "D", "consulting", items=("content",), touches=("A",))
    assert (naji(case).lapsed, case.township("B").lapsed) == (True, False)  # type: ignore[union-attr]
    assert case.application.changed_since_round


def test_an_edit_lapses_the_findings_on_what_it_changes() -> None:
    case = good_case(EDITION, "reviewing")
    case = case.having(head=replace(case.head, state="agreed"))
    case = after(case, "application.edit", "D", items=("staffing",), touches=())
    assert {a.lapsed for a in case.review.assessments} == {frozenset({"safeguards"})}


def test_a_change_of_declared_class_reopens_what_legal_found() -> None:
    case = after(good_case(EDITION, "concluded"), "application.edit", "D", declared_class="inspection", touches=())
    assert all({"content", "legal_basis"} <= a.lapsed for a in case.review.assessments)


def test_a_township_that_joins_has_not_been_asked() -> None:
    case = after(good_case(EDITION, "consulting"), "consultation.narrow", "D", townships=("A",))
    assert not naji(case).in_scope
    case = after(case, "application.edit", "D", add_townships=("A", "C"), touches=())
    assert [(t.unit, t.asked, t.answer) for t in case.townships] == [("A", False, ""), ("B", True, "agree"), ("C", False, "")]


def test_asking_again_keeps_consents_and_asks_the_others_afresh() -> None:
    case = good_for(EDITION, "consultation.ask_again", "consulting")
    case = after(case, "consultation.ask_again", "D")
    assert naji(case) == Township("A", asked=True)
    assert case.township("B").answer == "agree"  # type: ignore[union-attr]
    assert not case.application.changed_since_round


def test_a_paper_reply_waits_for_its_original_and_a_settlement_on_paper_too() -> None:
    case = after(good_for(EDITION, "consultation.reply", "consulting"), "consultation.reply", "L", answer="agree", entered_for="A")
    assert naji(case).paper == "unchecked"
    contested = after(case, "record.contest", "A")
    assert naji(contested).contested and not naji(contested).consents
    shown = after(contested, "record.check_original", "L", township="A")
    assert naji(shown).paper == "checked" and naji(shown).consents
    case = good_for(EDITION, "consultation.settle_conditions", "consulting")
    assert naji(after(case, "consultation.settle_conditions", "A", settlement="accept")).consents
    assert naji(after(case, "consultation.settle_conditions", "L", settlement="accept", entered_for="A")).paper == "unchecked"
    assert naji(after(case, "consultation.settle_conditions", "A", settlement="keep")).condition == "open"


def test_a_corrected_paper_reply_rests_on_a_new_original() -> None:
    case = good_for(EDITION, "record.contest", "reviewing")
    case = after(case, "record.check_original", "L", township="A")
    case = after(case, "record.confirm", "L", field="answer", township="A", value="disagree")
    assert (naji(case).answer, naji(case).paper) == ("disagree", "unchecked")


def test_concluding_writes_the_negotiated_opinion_and_reopens_its_finding() -> None:
    case = good_case(EDITION, "reviewing").having(application=good_case(EDITION, "consulting").application)
    case = after(case, "consultation.conclude", "D", "agreed")
    assert "negotiated_opinion" in case.application.filled
    assert {a.lapsed for a in case.review.assessments} == {frozenset({"negotiated_opinion"})}


def test_a_return_drops_the_conclusion_and_keeps_the_assessments() -> None:
    case = after(good_case(EDITION, "concluded"), "review.return", "L", "agreed", gaps=("x",))
    assert (case.head.returned, case.review.conclusion, len(case.review.assessments)) == (True, "", 3)
    assert not after(case, "application.submit", "D", "applied").head.returned


def test_a_body_that_sends_back_clears_all_outcomes() -> None:
    case = good_case(EDITION, "banner_decision")
    case = after(case, "decision.record", "P", body="banner_committee", outcome="for")
    case = after(case, "decision.record", "G", "reviewing", body="banner_government", outcome="return")
    assert (case.decision.outcomes, case.review.conclusion) == ((), "")


def test_a_voided_outcome_of_the_banner_voids_the_citys() -> None:
    case = after(good_case(EDITION, "approved"), "record.confirm", "P", "banner_decision", field="outcome", body="banner_committee")
    assert case.decision.outcomes == (("banner_government", "for"),)
    assert case.head.outcome == ""
    case = after(good_case(EDITION, "approved"), "record.confirm", "W", "city_decision", field="outcome", body="city_government")
    assert len(case.decision.outcomes) == 2


def test_every_party_owes_a_receipt() -> None:
    case = good_case(EDITION, "approved")
    assert parties(case) == {"D", "A", "B", "J", "S", "M", "E"}
    case = after(case, "notice.issue", "L", addressees=tuple(parties(case)))
    assert case.notice.pending == parties(case)
    assert "A" not in after(case, "notice.acknowledge", "L", entered_for="A").notice.pending


def test_a_comment_that_ran_out_of_time_is_no_reply_and_may_still_come() -> None:
    case = good_for(EDITION, "review.comment", "reviewing")
    late = out_of_time(case, "E")
    assert late.review.asked == (Asked("E", "no_reply"),)
    assert after(late, "review.comment", "E").review.asked == (Asked("E", "answered"),)


def test_what_lapses_is_what_the_edition_says() -> None:
    assert opinions_lapse(EDITION, ["content"]) and opinions_lapse(EDITION, ["ends_on"])
    assert not opinions_lapse(EDITION, ["negotiated_opinion"]) and not opinions_lapse(EDITION, ["declared_class"])
    assert points_lapsed(EDITION, ["staffing", "division"]) == {"safeguards", "division"}
    assert points_lapsed(EDITION, ["track"]) == {"content", "legal_basis"}
