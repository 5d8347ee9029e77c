"""第四条（二）至（四）: every party reads the decisions and its own receipt; the papers between the offices stay with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.actions import clock
from dutygate.base.catalogue.errors import NotFound
from dutygate.features.cases.sections import sections_of
from dutygate.features.cases.showing import reading_of
from tests.journey import Journey

pytestmark = pytest.mark.django_db


def _read(case: Journey, role: str) -> dict:
    viewer = case.people[role]
    return sections_of(viewer, reading_of(viewer, case.number, clock.now()))


@pytest.fixture
def told(journey: Callable[..., Journey]) -> Journey:
    """A case of which everybody has been told, sent up with words."""
    case = journey().up_to("concluded")
    case.do("lead", "decision.submit_to_banner", **case.paper(), text="请予审批")
    case.decide_banner()
    case.to_city()
    case.decide("city_government")
    case.notify()
    return case


def test_each_party_reads_what_is_meant_for_it(told: Journey) -> None:
    inside, applicant, others = ("lead", "legal", "committee", "city"), ("forestry",), ("naji", "finance")
    for role in (*inside, *applicant, *others):
        found = _read(told, role)
        bodies = [line["body"] for line in found["decision"]["decisions"]]
        assert bodies == ["banner_committee", "banner_government", "city_government"], role
        assert found["decision"]["submissions"][0]["text"] == ("请予审批" if role in inside else ""), role
        assert len(found["notice"]["receipts"]) == (1 if role in others else 7), role
        assert found["notice"]["notice"]["kind"] == "admission", role
        assert found["duty"]["code"] == "150721-D-0001", role


def test_for_others_the_case_is_not_there(told: Journey) -> None:
    for role in ("outsider", "system_admin", "audit_admin"):
        with pytest.raises(NotFound):
            _read(told, role)
