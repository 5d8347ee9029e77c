"""第四条（四）: a temporary duty ends on its day, whether the system looked that day or not; everybody is told before and after, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.features.lists.models import Expiry, ExpiryReceipt, ExpiryWarning
from dutygate.features.lists.queries import duties_of_township
from tests.journey import Journey
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
CODE = "150721-D-0001"


class Days:
    """The clock of a test: noon of some day, and a moment later whenever it is asked."""

    def __init__(self, day: date) -> None:
        self.day, self.ticks = day, count()

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(4), UTC) + timedelta(microseconds=next(self.ticks))


@pytest.fixture
def days() -> Iterator[Days]:
    """From today on, as the test turns it."""
    turning = Days(local_day(clock.now()) + timedelta(days=1))
    mark = clock._clock.set(turning)
    yield turning
    clock._clock.reset(mark)


def told(kind: str, code: str = CODE) -> dict[int, int]:
    """Unit -> how many messages of that kind it got about a duty."""
    found: dict[int, int] = {}
    for unit in rows("notices.OutboxMessage", kind=kind, subject=code).values_list("unit_id", flat=True):
        found[unit] = found.get(unit, 0) + 1
    return found


def parties(case: Journey) -> set[int]:
    return {case.world.unit_id(role) for role in ("forestry", *case.townships, "lead", "legal", "services")}


def swept() -> dict[str, int]:
    """What a sweep did about the ends of terms."""
    return {name: count for name, count in sweep().done.items() if name in ("duty.warn", "duty.expire")}


def expire(case: Journey, days: Days) -> date:
    last: date = case.case.ends_on
    days.day = last + timedelta(days=1)
    assert swept() == {"duty.expire": 1}
    return last


def test_it_ends_the_day_after_its_last_and_only_then(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    days.day = last = case.case.ends_on
    assert "duty.expire" not in sweep().done and not Expiry.objects.exists()
    days.day = last + timedelta(days=1)
    assert swept() == {"duty.expire": 1}
    assert swept() == {} and sweep().failed == []
    end = Expiry.objects.get()
    assert (end.last_day, end.ended_on) == (last, days.day)
    assert told("duty_expired") == dict.fromkeys(parties(case), 1)
    assert duties_of_township(case.people["naji"], case.world.unit_id("naji"), days.day) == []
    assert verify_tasks(days.day) == [] and replay().holds


def test_days_on_which_nobody_looked_are_caught_up(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    last = case.case.ends_on
    days.day = last + timedelta(days=10)
    assert swept() == {"duty.expire": 1}, "no reminder of what is over"
    assert Expiry.objects.get().last_day == last
    on = last + timedelta(days=1)
    assert duties_of_township(case.people["naji"], case.world.unit_id("naji"), on) == [], "the list never waited for the system"


@pytest.mark.once
def test_everybody_is_reminded_three_times_and_once_each(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    last: date = case.case.ends_on
    for left in (35, 31, 30, 29, 11, 10, 9, 4, 3, 2, 0):  # a whole year, day by day: tests/proof/test_a_year.py
        days.day = last - timedelta(days=left)
        sweep()
        sweep()
    assert [warning.days for warning in ExpiryWarning.objects.order_by("warned_on")] == [30, 10, 3]
    assert told("duty_ends_soon") == dict.fromkeys(parties(case), 3)


def test_after_days_off_the_nearest_reminder_alone_is_given(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    days.day = case.case.ends_on - timedelta(days=1)
    assert swept() == {"duty.warn": 1} and swept() == {}
    assert [warning.days for warning in ExpiryWarning.objects.all()] == [3]


def test_a_term_shorter_than_the_first_reminder_begins_without_one(journey: Start, days: Days) -> None:
    case = journey()
    case.open("temporary", ends_on=days.day + timedelta(days=20))
    case.go_on("done")
    assert swept() == {}, "who was told today that it begins need not hear today that it ends"
    days.day = case.case.ends_on - timedelta(days=1)
    assert swept() == {"duty.warn": 1}


def test_a_regular_duty_never_ends_by_time(journey: Start, days: Days) -> None:
    journey().up_to("done")
    days.day += timedelta(days=4000)
    assert swept() == {}


def test_the_lead_tells_everybody_in_writing_and_everybody_acknowledges(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    expire(case, days)
    lead = case.people["lead"]
    owed = rows("actions.OpenTask", subject=CODE)
    assert set(owed.values_list("action", "unit_id", "seat")) == {("duty.notify_end", lead.unit_id, "lead")}
    assert owed.get().due_on is not None
    perform(lead, "duty.notify_end", CODE, {"document_number": "阿编〔2027〕9号", "text": "期满，不再承担。"}, via="page")
    others = parties(case) - {lead.unit_id}
    assert set(owed.values_list("action", "unit_id", "seat")) == {("duty.acknowledge_end", unit, "") for unit in others}
    assert told("duty_end_notified") == dict.fromkeys(others, 1)
    for unit in sorted(others):
        perform(case.world.person_of(unit), "duty.acknowledge_end", CODE, {}, via="page")
    assert not owed.exists() and not ExpiryReceipt.objects.filter(acknowledged_at=None).exists()
    with pytest.raises(Refused) as refused:
        perform(case.people["naji"], "duty.acknowledge_end", CODE, {}, via="page")
    assert [finding.code for finding in refused.value.findings] == ["end_receipt_given"]
    with pytest.raises(Refused) as refused:
        perform(lead, "duty.notify_end", CODE, {"document_number": "阿编〔2027〕10号"}, via="page")
    assert [finding.code for finding in refused.value.findings] == ["end_told_already"]
    assert verify_tasks(days.day) == [] and replay().holds


def test_the_notice_is_dated_between_the_end_and_today(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    last, lead = expire(case, days), case.people["lead"]
    with pytest.raises(Refused) as refused:
        perform(lead, "duty.notify_end", CODE, {"document_number": "号", "dated_on": last - timedelta(days=1)}, via="import")
    assert [finding.code for finding in refused.value.findings] == ["end_told_too_early"]
    with pytest.raises(Malformed):
        perform(lead, "duty.notify_end", CODE, {"document_number": "号", "dated_on": days.day + timedelta(days=1)}, via="import")


def test_whose_it_is(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    last = expire(case, days)
    for role in ("forestry", "naji", "outsider", "legal", "city"):
        with pytest.raises((NotAllowed, NotFound)):
            perform(case.people[role], "duty.notify_end", CODE, {"document_number": "号"}, via="page")
    for role in ("lead", "naji", "system_admin"):
        for action in ("duty.expire", "duty.warn"):
            with pytest.raises((NotAllowed, Malformed)):
                perform(case.people[role], action, CODE, {"last_day": last}, via="page")
    perform(case.people["lead"], "duty.notify_end", CODE, {"document_number": "号"}, via="import")
    for role in ("outsider", "lead", "government"):
        with pytest.raises(NotAllowed):
            perform(case.people[role], "duty.acknowledge_end", CODE, {}, via="page")


def test_not_even_the_system_ends_it_early_or_twice(journey: Start, days: Days) -> None:
    case = journey().up_to("done", "temporary")
    acting, last = system_acting(case.case.jurisdiction_id, "150721"), case.case.ends_on
    days.day = last
    with pytest.raises(Refused) as refused:
        perform(acting, "duty.expire", CODE, {"last_day": last}, via="sweep")
    assert [finding.code for finding in refused.value.findings] == ["term_not_over"]
    with pytest.raises(Conflict):
        perform(acting, "duty.expire", CODE, {"last_day": last - timedelta(days=1)}, via="sweep")
    expire(case, days)
    with pytest.raises(Conflict):
        perform(acting, "duty.expire", CODE, {"last_day": last}, via="sweep")


def test_a_sweep_with_nothing_due_asks_the_same_few_questions(journey: Start, days: Days, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    journey().up_to("done", "temporary")
    sweep()
    with django_assert_max_num_queries(40):
        sweep()
