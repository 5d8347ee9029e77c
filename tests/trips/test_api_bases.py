"""Articles 1, 4.5 by the API: the registry is searched and read by everybody of the offices, and changed by the lead and the legal seat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journey import BANNER, Journey
from tests.rows import rows
from tests.trips.calling import Caller
from tests.trips.test_api_problems import is_problem
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAPER = {"document": "国务院关于废止部分行政法规的决定", "document_number": "国务院令第800号"}


def test_a_law_is_found_read_repealed_and_put_right(world: World, journey: Callable[..., Journey], caller: Callable[[str], Caller]) -> None:
    journey().up_to("done")
    lead, township = caller("lead"), caller("naji")
    line = township.get("/bases?q=中华人民共和国森林防火条例 第5条").data["items"][0]
    assert (line["title"], line["article"], line["confirmed"], line["in_force"]) == ("森林防火条例", "第五条", False, True)
    key, day = line["basis"], str(world.today)
    assert lead.act("basis.confirm", BANNER, {"basis": key}).status == 200
    duty = township.get(f"/bases/{key}").data["duties"][0]
    assert (duty["how"], duty["lead_unit"]["key"], len(duty["townships"])) == ("certain", world.key("forestry"), 3)
    touched = lead.get(f"/bases/{key}/touched?on={day}").data
    assert [one["code"] for one in touched] == [duty["code"]]
    refused = lead.act("basis.repeal", BANNER, {"basis": key, "on": day, **PAPER})
    is_problem(refused, 422)
    assert [finding["code"] for finding in refused.data["findings"]] == ["resting_duty_not_named"]
    done = lead.act("basis.repeal", BANNER, {"basis": key, "on": day, **PAPER, "duties": [duty["code"]]})
    assert (done.status, done.data["result"]["duties"]) == (200, [duty["code"]])
    after = township.get(f"/bases/{key}").data
    assert (after["basis"]["repealed_on"], after["basis"]["in_force"]) == (day, False)
    assert [(change["kind"], change["duties"]) for change in after["changes"]] == [("repeal", [duty["code"]])]
    assert [reading["cause"] for reading in after["readings"]] == ["repealed"]
    void = {"basis": key, "void": after["changes"][0]["change"], "reason": "看错了文件"}
    assert lead.act("basis.correct", BANNER, void, expected=after["expected"]).status == 200
    assert township.get(f"/bases/{key}").data["basis"]["in_force"] is True


def test_who_reads_and_what_is_not_there(world: World, journey: Callable[..., Journey], caller: Callable[[str], Caller]) -> None:
    case = journey().up_to("consulting")
    key = str(rows("bases.LegalBasis").get().id)
    for role, seen in (("naji", True), ("outsider", False), ("city", True)):
        data = caller(role).get(f"/bases/{key}").data
        assert (data["cases"] == [case.number]) is seen, role
    for path in (f"/bases/{key}", f"/bases/{key}/touched?on=2026-07-01"):
        is_problem(caller("audit_admin").get(path), 404)
    assert caller("audit_admin").get("/bases").data == {"items": [], "next": None}
    for wrong in ("5", "x", "9" * 30, "%C2%B2"):
        is_problem(caller("lead").get(f"/bases/{wrong}"), 404)
    is_problem(caller("lead").get(f"/bases/{key}/touched"), 422)


def test_the_list_goes_page_by_page(world: World, caller: Callable[[str], Caller]) -> None:
    lead = caller("lead")
    for number in range(3):
        assert lead.act("basis.register", BANNER, {"title": f"第{number}号办法", "kind": "rule"}).status == 200
    first = lead.get("/bases?limit=2&confirmed=true").data
    second = lead.get(f"/bases?limit=2&confirmed=true&cursor={first['next']}").data
    assert [line["title"] for line in (*first["items"], *second["items"])] == ["第2号办法", "第1号办法", "第0号办法"]
    assert second["next"] is None and lead.get("/bases?confirmed=false").data["items"] == []
