"""第四条（四）、（五）: what was a township's list on a day; a temporary duty binds on its last day and not on the day after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import system_acting
from dutygate.features.lists.models import ListEntry
from dutygate.features.lists.queries import duties_of_township, duty_by_code, entries_in_force, public_overlaps
from tests.journey import Journey, last_day
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SYSTEM = system_acting()


def _codes(case: Journey, on: date, township: str = "naji") -> list[str]:
    return [line.code for line in duties_of_township(SYSTEM, case.world.unit_id(township), on)]


def test_a_temporary_duty_is_not_in_force_the_day_after_its_end(journey: Start) -> None:
    case = journey().up_to("done", "temporary")
    end = last_day(90, case.world)
    assert _codes(case, end) == ["150721-D-0001"]
    assert _codes(case, end + timedelta(days=1)) == []
    (line,) = duties_of_township(SYSTEM, case.world.unit_id("naji"), end)
    assert (line.section, line.last_day, line.valid_to) == ("temporary", end, end + timedelta(days=1))


def test_a_regular_duty_has_no_end(journey: Start) -> None:
    case = journey().up_to("done")
    assert _codes(case, date(9999, 12, 30)) == ["150721-D-0001"]
    (line,) = duties_of_township(SYSTEM, case.world.unit_id("naji"), case.world.today)
    assert (line.section, line.last_day) == ("admitted", None)


def test_nothing_is_on_a_list_before_it_was_admitted(journey: Start) -> None:
    case = journey().up_to("done")
    assert _codes(case, case.world.today - timedelta(days=1)) == []


def test_what_was_not_recorded_yet_was_not_known(journey: Start) -> None:
    case = journey().up_to("done")
    before: datetime = rows("register.Entry").get(action="case.open").recorded_at
    township, on = case.world.unit_id("naji"), last_day(1, case.world)
    assert entries_in_force(SYSTEM, township, on, known_at=before).count() == 0
    assert entries_in_force(SYSTEM, township, on, known_at=clock.now()).count() == 1


def test_what_is_known_to_be_wrong_is_shown_only_as_known_then(journey: Start) -> None:
    case = journey().up_to("done")
    township, on, then = case.world.unit_id("naji"), last_day(1, case.world), clock.now()
    ListEntry.objects.filter(township=township).update(recorded_to=clock.now())
    assert entries_in_force(SYSTEM, township, on).count() == 0
    assert entries_in_force(SYSTEM, township, on, known_at=then).count() == 1


def test_codes_run_on_and_each_list_has_its_own_order(journey: Start) -> None:
    first = journey(townships=("naji",)).up_to("done")
    second = journey(townships=("naji", "liuhe")).up_to("done")
    today = first.world.today
    lines = duties_of_township(SYSTEM, first.world.unit_id("naji"), today)
    assert [(line.code, line.ordinal) for line in lines] == [("150721-D-0001", 1), ("150721-D-0002", 2)]
    lines = duties_of_township(SYSTEM, first.world.unit_id("liuhe"), today)
    assert [(line.code, line.ordinal) for line in lines] == [("150721-D-0002", 1)]
    assert duty_by_code(SYSTEM, "150721-D-0002").case.number == second.number
    assert public_overlaps() == []


def test_an_overlap_would_be_found(journey: Start) -> None:
    journey(townships=("naji",)).up_to("done")
    entry = ListEntry.objects.get()
    entry.id, entry.valid_from = entry.id + 1, entry.valid_from + timedelta(days=1)
    entry.save(force_insert=True)
    assert len(public_overlaps()) == 1


def test_a_list_is_read_in_one_query(journey: Start, django_assert_num_queries: Callable[[int], object]) -> None:
    case = journey().up_to("done")
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        duties_of_township(case.people["naji"], case.world.unit_id("naji"), case.world.today)
