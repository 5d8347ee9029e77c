"""第一条、第四条（三）: both tracks whole, from the first letter to the list of exactly those townships."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.features.lists.queries import duties_of_township, duty_of_case
from tests.journey import Journey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("track", ["regular", "temporary"])
def test_a_whole_admission_ends_on_the_lists_of_exactly_those_townships(journey: Callable[..., Journey], track: str) -> None:
    case = journey(townships=("naji", "yadong")).up_to("done", track)
    world, on = case.world, case.world.today
    assert (case.state, case.case.outcome) == ("done", "approved")
    duty = duty_of_case(system_acting(), case.case.id)
    assert duty is not None
    assert duty.code == "150721-D-0001"
    for slug in world.townships:
        lines = duties_of_township(case.people["outsider"], world.unit_id(slug), on)
        assert [line.code for line in lines] == ([duty.code] if slug in case.townships else [])
        assert {line.section for line in lines} <= {"temporary" if track == "temporary" else "admitted"}
    assert duties_of_township(case.people["lead"], world.unit_id("outsider"), on) == []
    end = None if track == "regular" else on + timedelta(days=90)
    assert duty.ends_on == end
    assert case.tasks() == set()
