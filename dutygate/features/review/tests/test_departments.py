"""征求部门意见（第四条（二））: each once, in its own time; silence reads 未反馈, never 无意见. Experts may be heard."""

from datetime import date, timedelta

import pytest

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.base.organizations.queries import public_acting_post
from dutygate.features.review.models import CommentRequest, ExpertHearing
from dutygate.features.review.queries import comments_of

CONCLUDE = {"outcome": "admit", "no_other_concerned": ""}


def codes(refused):
    return {f.code for f in refused.value.findings}


@pytest.fixture
def asked(review):
    """阿荣旗农牧局 was asked on Monday, 2 March; it has five working days."""
    review.act("lead", "review.ask_department", departments=["阿荣旗农牧局"], question="是否涉及草畜平衡")
    return review


def lines(review, who, on):
    return comments_of(review.people[who], review.case, review.directory(), on)


def test_a_department_asked_may_read_the_case_and_is_told_its_last_day(asked):
    row = CommentRequest.objects.get()
    assert (row.asked_on, row.reply_by) == (date(2026, 3, 2), date(2026, 3, 9))
    assert asked.told("comment_asked") == {"agriculture"}
    asked.act("agriculture", "review.comment", text="无不同意见，建议明确草畜平衡区")


def test_an_older_letter_shortens_nobodys_time(review):
    review.act("lead", "review.ask_department", at=review.time.now - timedelta(days=30), departments=["阿荣旗农牧局"])
    row = CommentRequest.objects.get()
    assert (row.asked_on, row.reply_by) == (date(2026, 1, 31), date(2026, 3, 9))


def test_the_conclusion_waits_for_an_answer_while_time_runs(asked):
    asked.assess_all()
    with pytest.raises(Refused) as refused:
        asked.act("lead", "review.conclude", **CONCLUDE)
    assert codes(refused) == {"comment_awaited"}


def test_the_conclusion_goes_on_with_the_answer(asked):
    asked.assess_all()
    asked.act("agriculture", "review.comment", text="同意")
    asked.act("lead", "review.conclude", **CONCLUDE)


def test_out_of_time_it_reads_no_reply_and_the_conclusion_goes_on(asked):
    asked.assess_all()
    asked.day(9)
    with pytest.raises(Refused):
        asked.act("lead", "review.conclude", **CONCLUDE)
    asked.day(10)
    asked.act("lead", "review.conclude", **CONCLUDE)
    [line] = lines(asked, "lead", date(2026, 3, 10))
    assert (line.status, line.text, line.answered_at) == ("no_reply", "", None)


def test_a_late_answer_still_counts(asked):
    asked.day(20)
    asked.act("agriculture", "review.comment", text="迟复")
    [line] = lines(asked, "lead", date(2026, 3, 20))
    assert (line.status, line.text) == ("answered", "迟复")


def test_a_department_answers_once(asked):
    asked.act("agriculture", "review.comment", text="同意")
    with pytest.raises(Refused) as refused:
        asked.act("agriculture", "review.comment", text="又不同意")
    assert codes(refused) == {"comment_already_given"}


def test_a_page_from_before_the_answer_is_stale(asked):
    asked.act("agriculture", "review.comment", text="同意")
    with pytest.raises(Conflict):
        perform(asked.people["agriculture"], "review.comment", asked.number, {"text": "x"}, expected={"asked": 1}, via="api")


def test_the_lead_enters_an_answer_from_paper_and_the_department_is_told(asked):
    paper = asked.journey.on_paper("lead", "阿荣旗农牧局")
    asked.act("lead", "review.comment", text="同意", **paper)
    row = CommentRequest.objects.get()
    assert (row.text, row.entered_by_unit, row.scan) == ("同意", asked.unit("lead"), paper["scan"])
    assert asked.told("comment_entered_for_you") == {"agriculture"}


@pytest.mark.parametrize("who", ["services", "naji"])
def test_nobody_but_the_lead_enters_an_answer_from_paper(asked, who):
    with pytest.raises(NotAllowed):
        asked.act(who, "review.comment", text="同意", **asked.journey.on_paper(who, "阿荣旗农牧局"))


def test_a_department_is_not_asked_twice_nor_the_applicant(asked):
    with pytest.raises(Refused) as refused:
        asked.act("lead", "review.ask_department", departments=["阿荣旗农牧局", "阿荣旗林业和草原局"])
    assert codes(refused) == {"department_already_asked", "department_is_applicant"}


def test_a_township_is_consulted_and_not_asked_as_a_department(review):
    with pytest.raises(Malformed):
        review.act("lead", "review.ask_department", departments=["那吉镇"])


@pytest.mark.parametrize(("who", "error"), [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound)])
def test_only_the_lead_asks(review, who, error):
    with pytest.raises(error):
        review.act(who, "review.ask_department", departments=["阿荣旗农牧局"])


@pytest.mark.parametrize(("who", "error"), [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound)])
def test_whoever_was_not_asked_does_not_comment(asked, who, error):
    with pytest.raises(error):
        asked.act(who, "review.comment", text="同意")


def test_an_experts_opinion_is_kept(review):
    review.act("lead", "review.hear_expert", expert="王教授", affiliation="林学", opinion="可行", heard_on="2026-02-28")
    assert str(ExpertHearing.objects.get().heard_on) == "2026-02-28"


def test_nobody_was_heard_on_a_day_to_come(review):
    with pytest.raises(Malformed):
        review.act("lead", "review.hear_expert", expert="王教授", opinion="可行", heard_on="2026-03-03")


@pytest.mark.parametrize(("who", "error"), [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound)])
def test_only_the_lead_hears_experts(review, who, error):
    with pytest.raises(error):
        review.act(who, "review.hear_expert", expert="王教授", opinion="可行", heard_on="2026-02-28")


def test_a_comment_is_corrected_by_whoever_entered_it_and_a_second_person(asked):
    asked.act("agriculture", "review.comment", text="无意建")
    target = {"target": "comment:150721.agriculture", "field": "text", "new": "无意见", "reason": "笔误"}
    with pytest.raises(NotAllowed):
        asked.act("lead", "record.correct", **target)
    _second_person(asked)
    asked.act("agriculture", "record.correct", **target)
    assert CommentRequest.objects.get().text == "无意建"
    asked.act("agriculture2", "record.confirm", correction=1)
    assert CommentRequest.objects.get().text == "无意见"


def _second_person(review):
    perform(system_acting(), "user.create", "", {"username": "agriculture2", "name": "乙"}, via="import")
    post = {"username": "agriculture2", "kind": "handler", "valid_from": "2024-01-01"}
    made = perform(system_acting(), "post.appoint", "150721.agriculture", post, via="import")
    review.people["agriculture2"] = public_acting_post(int(made.result["id"]), date(2026, 3, 2))
