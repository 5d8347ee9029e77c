"""第四条（四）: a year of temporary duties, day by day, with the daily sweep, and with ten days on which it did not run.

Every duty ends on its day, none twice, none late in the list as of that day; every party is told once of each thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from django.db import connection

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.features.lists.queries import duties_of_township
from tests.journey import Journey
from tests.rows import rows

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.db_both]
ENDS = (1, 2, 5, 13, 14, 30, 44, 45, 46, 60, 61, 75, 90, 91, 120, 160, 200, 201, 250, 300, 330, 364)
"""Days from the first on which the terms end."""
OFF = (40, 50)
"""The sweep does not run from the one day until the other."""


@pytest.fixture
def calendar_days() -> Iterator[Callable[[int], date]]:
    """Turn the clock to the morning of the n-th day."""
    first, ticks = local_day(clock.now()) + timedelta(days=1), count()
    now = [first]
    mark = clock._clock.set(lambda: datetime.combine(now[0], time(2), UTC) + timedelta(microseconds=next(ticks)))

    def turn(number: int) -> date:
        now[0] = first + timedelta(days=number)
        return now[0]

    yield turn
    clock._clock.reset(mark)


@pytest.mark.parametrize("off", [(), OFF], ids=["every day", "ten days off"])
def test_a_year(journey: Callable[..., Journey], calendar_days: Callable[[int], date], off: tuple[int, ...]) -> None:
    first = calendar_days(0)
    cases: dict[str, Journey] = {}
    for number, end in enumerate(ENDS, start=1):
        case = journey(townships=("naji", "liuhe") if number % 2 else ("naji",))
        case.open("temporary", ends_on=first + timedelta(days=end))
        case.go_on("done")
        cases[f"150721-D-{number:04d}"] = case
    lasts = {code: case.case.ends_on for code, case in cases.items()}
    naji = next(iter(cases.values())).world.unit_id("naji")
    viewer = next(iter(cases.values())).people["naji"]
    for number in range(368):
        today = calendar_days(number)
        if number % 30 == 0 and connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # in one long transaction nobody else counts for the planner what was written in it
                cursor.execute("ANALYZE register_entry")
        if not off or not off[0] <= number < off[1]:
            for _ in range(1 + number % 3):
                assert sweep().failed == []
        held = {line.code for line in duties_of_township(viewer, naji, today)}
        assert held == {code for code, last in lasts.items() if today <= last}, "the list never waits for the sweep"
    ends = list(rows("lists.Expiry").order_by("id").values_list("duty__code", "last_day", "ended_on"))
    assert sorted(code for code, _, _ in ends) == sorted(lasts)
    back = first + timedelta(days=off[1]) if off else None
    for code, last, ended_on in ends:
        due = last + timedelta(days=1)
        slept = back is not None and first + timedelta(days=off[0]) <= due < back
        assert (last, ended_on) == (lasts[code], back if slept else due)
    told = Counter(rows("notices.OutboxMessage", kind="duty_expired").values_list("subject", "unit_id"))
    assert set(told.values()) == {1} and {code for code, _ in told} == set(lasts)
    assert len(told) == sum(4 + len(case.townships) for case in cases.values())
    reminded = rows("lists.ExpiryWarning").values_list("duty__code", "days", "warned_on")
    assert len(reminded) == len({(code, days) for code, days, _ in reminded})
    messages = Counter(rows("notices.OutboxMessage", kind="duty_ends_soon").values_list("subject", "unit_id"))
    points = Counter(code for code, _, _ in reminded)
    assert messages == Counter({(code, unit): points[code] for code, unit in messages})
    assert all(on <= lasts[code] for code, _, on in reminded)
    if not off:
        assert all(points[code] == 3 for code, last in lasts.items() if (last - first).days > 60)
    assert verify_tasks() == []
    assert replay().holds
