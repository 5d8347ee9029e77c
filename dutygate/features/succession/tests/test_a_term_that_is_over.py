"""第四条（四）: the notice that a term is over, and the receipts for it, are the successors' business after a merger."""

from __future__ import annotations

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.features.succession.tests.conftest import Reform
from tests.journey import Journey
from tests.leaving import Time
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
CODE = "150721-D-0001"


def owing() -> set[str]:
    return set(rows("lists.ExpiryReceipt", acknowledged_at=None, passed_to=None).values_list("unit__key", flat=True))


def test_receipts_owed_pass_on(time: Time, world: World, reform: Reform, scratch: None) -> None:
    case = Journey(world).up_to("done", "temporary")
    time.pass_by(120)
    assert sweep().done["duty.expire"] == 1
    case.do("lead", "duty.notify_end", subject=CODE, document_number="阿编发〔2026〕3号")
    case.do("yadong", "duty.acknowledge_end", subject=CODE)
    reform.merge("naji", "liuhe")
    reform.pass_on("naji", "naliu")
    assert {"150721.naliu", "150721.forestry"} <= owing() and not {"150721.naji", "150721.liuhe"} & owing()
    assert verify_tasks() == []
    case.do("naji", "duty.acknowledge_end", subject=CODE)
    assert "150721.naliu" not in owing() and verify_tasks() == []
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_who_is_told_after_a_merger_is_the_successor(time: Time, world: World, reform: Reform, scratch: None) -> None:
    case = Journey(world).up_to("done", "temporary")
    time.pass_by(120)
    sweep()
    reform.merge("naji", "liuhe")
    reform.merge_into("agriculture", "forestry")
    case.do("lead", "duty.notify_end", subject=CODE, document_number="阿编发〔2026〕3号")
    assert owing() == {f"150721.{slug}" for slug in ("naliu", "yadong", "agriculture", "justice", "services_bureau")}
    assert verify_tasks() == [] and replay().holds


def test_the_notice_goes_with_the_leads_seat(time: Time, world: World, reform: Reform, scratch: None) -> None:
    Journey(world).up_to("done", "temporary")
    time.pass_by(120)
    sweep()
    reform.merge_into("water", "lead_office")
    owed = rows("actions.OpenTask", action="duty.notify_end").values_list("unit_id", flat=True)
    assert list(owed) == [world.unit_id("water")]
    assert verify_tasks() == [] and replay().holds
