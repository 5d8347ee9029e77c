"""重演: a meeting, what was set on its minutes and a case decided under it are exactly what the register says (Article 3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.search.index import verify
from dutygate.features.conference.tests.conftest import Conference
from dutygate.features.review.tests.conftest import Review
from tests.journey import Journey


@pytest.fixture
def scratch(db: Any, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this test open the scratch database of a replay, which a test case does not know beforehand."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


def test_cases_opened_before_and_after_are_decided_again_each_under_its_numbers(conference: Conference, scratch: None) -> None:
    review = conference.review
    conference.held(review.number)
    told = {"parameters": {"conclusion_needs_meeting": {"all": True}, "review": {"all": 20}}, "effective_from": "2026-03-16"}
    conference.do("lead", "adopt", **told)
    conference.do(
        "lead", "appoint_member", "150721", unit=conference.key("agriculture"), valid_from="2026-04-01", meeting=conference.number
    )
    review.day(16)
    later = Review(Journey(review.journey.world, "water").up_to("reviewing"), review.time)
    later.assess_all()
    conference.call(later.number, held_on="2026-03-16")
    conference.came()
    conference.settle(later.number)
    conference.finish()
    later.conclude()
    review.assess_all()
    review.conclude()
    assert later.case.edition_digest != review.case.edition_digest
    assert verify_tasks() == [] and verify() == []
    report = replay()
    assert report.holds, [*report.problems, *map(str, report.differences)][:20]
