"""重演: a review with recusal, paper, departments, a return and a refusal is exactly what the register says (第四条（二）)."""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks


@pytest.fixture
def scratch(db, django_db_blocker, monkeypatch):
    """Let this test open the scratch database of a replay, which a test case does not know beforehand."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


def test_a_whole_review_replays_to_the_same_rows(review, scratch):
    review.substitute("legal", "finance")
    review.act("lead", "review.ask_department", departments=["agriculture", "water"], question="是否涉及")
    review.act("agriculture", "review.comment", text="同意")
    review.act("lead", "review.comment", text="同意", **review.journey.on_paper("lead", "water"))
    review.act("lead", "review.hear_expert", expert="王教授", opinion="可行", heard_on="2026-02-28")
    for seat, who in (("lead", "lead"), ("services", "services"), ("member", "finance"), ("legal", "finance")):
        review.assess(seat, who)
    review.conclude()
    review.act("lead", "review.return", gaps=[{"item": "division", "text": "写明责任"}])
    review.applied_again()
    for seat, who in (("lead", "lead"), ("services", "services"), ("member", "finance"), ("legal", "finance")):
        review.assess(seat, who, recommends="not_admit")
    review.conclude("not_admit")
    review.act("lead", "review.refuse", reasons=[{"text": "不属本部门职责", "provision": "1"}], document_number="1", dated_on="2026-03-02")
    assert verify_tasks() == []
    report = replay()
    assert report.holds, [*report.problems, *map(str, report.differences)][:20]
