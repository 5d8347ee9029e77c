"""Article 4.4: each December lead and departments look at the duties in force; townships fill in nothing, and nothing changes by itself."""

from __future__ import annotations

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.actions.sweep import sweep
from dutygate.base.catalogue.errors import NotAllowed, Refused
from tests.journey import BANNER
from tests.leaving import Time, admitted
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows
from tests.world import World


def look(world: World, who: str, code: str, outcome: str = "keep", **more: str) -> None:
    lines = [{"duty": code, "outcome": outcome, **more}]
    perform(world.people[who], "duty.review", BANNER, {"year": world.today.year, "lines": lines}, via="import")


def test_the_sweep_reminds_once_in_december_and_no_township(world: World, time: Time) -> None:
    admitted(world)
    assert "duty.remind_review" not in sweep().done
    time.pass_by(280)
    assert world.today.month == 12
    assert sweep().done["duty.remind_review"] == 1 and "duty.remind_review" not in sweep().done
    told = set(rows("notices.OutboxMessage", kind="duties_to_look_at").values_list("unit_id", flat=True))
    assert told == {world.unit_id("forestry"), world.unit_id("lead")}


def test_who_may_look_at_what(world: World, time: Time) -> None:
    code = admitted(world)
    look(world, "forestry", code)
    look(world, "lead", code, "exit", reason="任务已经完成")
    assert [row.outcome for row in rows("yearly.DutyLook").order_by("id")] == ["keep", "exit"]
    for who in ("naji", "outsider", "committee", "city", "system_admin"):
        with pytest.raises(NotAllowed):
            look(world, who, code)
    with pytest.raises(Refused) as refused:
        look(world, "agriculture", code)
    assert [finding.code for finding in refused.value.findings] == ["looked_at_not_in_force"]
    with pytest.raises(Refused) as refused:
        look(world, "forestry", code, "adjust")
    assert [finding.code for finding in refused.value.findings] == ["looked_at_without_reason"]
    assert rows("lists.Duty").get().ends_on is None


def test_what_needs_an_exit_leads_to_the_prepared_form(world: World, time: Time) -> None:
    code = admitted(world)
    forestry, key = browser_of(world.people["forestry"]), rows("lists.Duty").get().id
    came = press(forestry, "/yearly/", **{f"outcome_{key}": "exit", f"reason_{key}": ""})
    assert came.status_code == 422 and "没有写明理由" in text(came)
    came = press(forestry, "/yearly/", **{f"outcome_{key}": "exit", f"reason_{key}": "宣传任务已经完成"})
    assert came.status_code == 302
    said = text(forestry.get("/yearly/"))
    assert "今年的都看过了" in said and f'href="/duties/{code}/exit/"' in said
    assert "宣传任务已经完成" in text(forestry.get(f"/duties/{code}/exit/"))
    assert browser_of(world.people["naji"]).get("/yearly/").status_code == 403
