"""What the law refuses only after something was changed leaves nothing behind but its entry (ARCHITECTURE, the one door)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Refused
from dutygate.base.register.verify import verify_all
from tests.journey import BANNER, Journey
from tests.rows import rows

Start = Callable[..., Journey]
pytestmark = pytest.mark.db_both


@pytest.fixture
def document(journey: Start) -> tuple[Journey, dict[str, Any]]:
    """One paper that decides two cases, of which the second lacks its reasons."""
    first, second = (journey().up_to("banner_decision", "temporary") for _ in range(2))
    said = [{"case": first.number, "outcome": "for"}, {"case": second.number, "outcome": "against"}]
    return first, {**first.paper(), "body": "banner_committee", "cases": said}


def refused(case: Journey, payload: dict[str, Any], key: str | None = None) -> list[str]:
    """The codes of what was found."""
    with pytest.raises(Refused) as caught:
        perform(case.people["committee"], "decision.record_set", BANNER, payload, key=key, via="import")
    return [finding.code for finding in caught.value.findings]


def test_a_late_refusal_leaves_its_entry_alone(document: tuple[Journey, dict[str, Any]]) -> None:
    case, payload = document
    before = rows("register.Entry").count()
    assert refused(case, payload) == ["decision_reasons_missing"]
    assert rows("register.Entry").count() == before + 1
    entry = rows("register.Entry").order_by("-id").first()
    assert (entry.action, entry.outcome) == ("decision.record_set", "refused")
    assert not rows("decision.DecisionSet").exists() and not rows("decision.Decision").exists()
    assert verify_all() == [] and verify_tasks() == [] and replay().holds


def test_a_late_refusal_is_answered_alike_when_it_is_asked_again(document: tuple[Journey, dict[str, Any]]) -> None:
    case, payload = document
    assert refused(case, payload, key="k1") == refused(case, payload, key="k1")
    assert rows("register.Entry", action="decision.record_set").count() == 1


def test_most_actions_set_no_savepoint_of_their_own(journey: Start) -> None:
    case = journey().up_to("consulting")
    with CaptureQueriesContext(connection) as seen:
        case.reply("naji")
    # The test itself is a transaction, so the door's own begins with one.
    assert sum(query["sql"].startswith("SAVEPOINT") for query in seen.captured_queries) == 1
