"""Issue 4, must show: exit and adjustment whole by API, from both sides, also with a side that stays silent (4.4, 4.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.journey import POINTS
from tests.leaving import EXIT_ITEMS, Time, admitted, time
from tests.trips.calling import Caller
from tests.world import BANNER, World

__all__ = ["time"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
Call = Callable[[str], Caller]


def act(caller: Call, role: str, action: str, subject: str, payload: dict[str, Any], status: int = 200) -> dict[str, Any]:
    """One action by a program of that role."""
    answer = caller(role).act(action, subject, payload)
    assert answer.status == status, (role, action, answer.data)
    return dict(answer.data)


def review_and_decide(caller: Call, world: World, number: str, *, kind: str, city: bool = True) -> None:
    """From the written application to the last decision."""
    day, lead = world.today.isoformat(), {"document_number": "阿测〔2026〕1号", "dated_on": world.today.isoformat()}
    applicant = str(caller("lead").get(f"/cases/{number}").data["case"]["initiator"]["key"]).partition(".")[2]
    act(caller, applicant, "application.submit", number, {"signed_on": day, "document_number": "阿测〔2026〕2号"})
    act(caller, "lead", "review.accept", number, {})
    for seat in ("lead", "legal", "services"):
        found: dict[str, Any] = {"seat": seat, "recommends": "admit", "points": {point: {"finding": "ok"} for point in POINTS}}
        if kind == "adjustment":
            found |= {"excluded_power": "none", "emergency": "none"} if seat == "legal" else {}
            found |= {"necessity": "necessary"} if seat == "lead" else {}
        act(caller, seat, "review.assess", number, found)
    act(caller, "lead", "review.conclude", number, {"outcome": "admit", "text": "同意。", "no_other_concerned": "不涉及其他部门职责"})
    act(caller, "lead", "decision.submit_to_banner", number, lead)
    for role in ("committee", "government"):
        act(caller, role, "decision.record", number, {"body": f"banner_{role}", "outcome": "for", **lead})
    if city:
        act(caller, "government", "decision.submit_to_city", number, lead)
        act(caller, "city", "decision.record", number, {"body": "city_government", "outcome": "for", **lead})


def tell_everybody(caller: Call, world: World, number: str) -> None:
    """The notice, and every receipt: whoever was silent before may still sign."""
    act(caller, "lead", "notice.issue", number, {"document_number": "阿编办告〔2026〕1号", "dated_on": world.today.isoformat()})
    while waiting := caller("lead").get(f"/cases/{number}/actions").data["waiting"]:
        for task in waiting:
            role = world.by_unit[next(p.unit_id for p in world.people.values() if p.unit == task["unit"]["key"] and p.unit_id)]
            act(caller, role, "notice.acknowledge", number, {})
    assert caller("lead").get(f"/cases/{number}").data["case"]["state"] == "done"


def listed(caller: Call, world: World, duty: str) -> set[str]:
    """The townships on whose lists a duty stands today."""
    there = set()
    for slug in (*world.townships, world.outside):
        items = caller("lead").get(f"/townships/{BANNER}.{slug}/duties").data["items"]
        there |= {slug for item in items if item["code"] == duty}
    return there


def ask_for_exit(caller: Call, role: str, duty: str, reason: str) -> str:
    """立卷, the short list, and the letter to the other side."""
    opened = act(caller, role, "case.open", BANNER, {"kind": "exit", "duty": duty, "reason": reason, "reason_words": "已经完成。"})
    number = str(opened["result"]["number"])
    act(caller, role, "application.edit", number, {"items": EXIT_ITEMS})
    act(caller, role, "consultation.request", number, {"document_number": "阿测函〔2026〕1号"})
    return number


def test_a_department_lets_a_duty_leave_although_a_township_stays_silent(time: Time, world: World, caller: Call) -> None:
    duty = admitted(world)
    number = ask_for_exit(caller, "forestry", duty, "done")
    act(caller, "naji", "consultation.reply", number, {"answer": "agree"})
    act(caller, "liuhe", "consultation.reply", number, {"answer": "disagree", "reason": "群众还在找我们办。"})
    early = act(caller, "forestry", "consultation.conclude", number, {"negotiated_opinion": "均已征求。"}, 422)
    assert [finding["code"] for finding in early["findings"]] == ["party_has_time_left"]
    time.pass_by(15)
    act(caller, "forestry", "consultation.conclude", number, {"negotiated_opinion": "那吉镇同意，六合镇不同意，亚东镇未反馈。"})
    review_and_decide(caller, world, number, kind="exit")
    assert listed(caller, world, duty) == {"naji", "liuhe", "yadong"}
    tell_everybody(caller, world, number)
    assert listed(caller, world, duty) == set()
    case = caller("naji").get(f"/cases/{number}").data
    assert (case["case"]["kind"], case["case"]["duty"], case["case"]["outcome"]) == ("exit", duty, "approved")
    assert {t["unit"]["key"]: t["answer"] for t in case["sections"]["opinions"]["townships"]} == {
        world.key("naji"): "agree",
        world.key("liuhe"): "disagree",
        world.key("yadong"): "",
    }
    found = caller("lead").get("/cases?kind=exit").data["items"]
    assert [(line["number"], line["kind"]) for line in found] == [(number, "exit")]


def test_a_township_lets_a_duty_leave_its_list_although_the_department_stays_silent(time: Time, world: World, caller: Call) -> None:
    duty = admitted(world)
    number = ask_for_exit(caller, "naji", duty, "safeguards_not_kept")
    assert caller("liuhe").get(f"/cases/{number}").status == 404
    assert caller("liuhe").act("consultation.reply", number, {"answer": "agree"}).status == 404
    act(caller, "naji", "consultation.conclude", number, {"negotiated_opinion": "已征求。"}, 422)
    time.pass_by(15)
    act(caller, "naji", "consultation.conclude", number, {"negotiated_opinion": "林草局未反馈。"})
    review_and_decide(caller, world, number, kind="exit")
    tell_everybody(caller, world, number)
    assert listed(caller, world, duty) == {"liuhe", "yadong"}
    assert caller("forestry").get(f"/cases/{number}").status == 200


def test_temporary_work_turns_regular_by_the_city_and_into_the_chosen_list(time: Time, world: World, caller: Call) -> None:
    duty = admitted(world, "temporary")
    given = {"kind": "adjustment", "duty": duty, "reason": "task_changed", "track": "regular", "list_name": "powers"}
    number = str(act(caller, "forestry", "case.open", BANNER, given)["result"]["number"])
    act(caller, "forestry", "consultation.request", number, {})
    for township in world.townships:
        act(caller, township, "consultation.reply", number, {"answer": "agree"})
    act(caller, "forestry", "consultation.conclude", number, {"negotiated_opinion": "均同意。"})
    review_and_decide(caller, world, number, kind="adjustment", city=False)
    assert caller("lead").get(f"/cases/{number}").data["case"]["state"] == "banner_decision"
    day = {"document_number": "阿测〔2026〕9号", "dated_on": world.today.isoformat()}
    act(caller, "government", "decision.submit_to_city", number, day)
    act(caller, "city", "decision.record", number, {"body": "city_government", "outcome": "for", **day})
    tell_everybody(caller, world, number)
    line = caller("naji").get(f"/townships/{BANNER}.naji/duties").data["items"][0]
    assert (line["code"], line["track"], line["list_name"], line["section"], line["last_day"]) == (
        duty,
        "regular",
        "powers",
        "admitted",
        None,
    )
    revisions = caller("naji").get(f"/duties/{duty}").data["revisions"]
    assert [revision["track"] for revision in revisions] == ["temporary", "regular"]


def test_more_townships_must_agree_and_fewer_are_told(time: Time, world: World, caller: Call) -> None:
    duty = admitted(world)
    opened = act(caller, "forestry", "case.open", BANNER, {"kind": "adjustment", "duty": duty, "reason": "task_changed"})
    number = str(opened["result"]["number"])
    act(caller, "forestry", "application.edit", number, {"townships": [world.key(slug) for slug in ("naji", "liuhe", world.outside)]})
    asked = act(caller, "forestry", "consultation.request", number, {})["result"]["asked"]
    assert asked == [world.key(world.outside)]
    time.pass_by(20)
    late = act(caller, "forestry", "consultation.conclude", number, {"negotiated_opinion": "。"}, 422)
    assert [finding["code"] for finding in late["findings"]] == ["township_silent"]
    act(caller, "outsider", "consultation.reply", number, {"answer": "agree"})
    act(caller, "forestry", "consultation.conclude", number, {"negotiated_opinion": "霍尔奇镇同意。"})
    review_and_decide(caller, world, number, kind="adjustment")
    tell_everybody(caller, world, number)
    assert listed(caller, world, duty) == {"naji", "liuhe", world.outside}


@pytest.mark.parametrize("role", ["water", "outsider", "lead", "legal", "committee", "city", "system_admin", "audit_admin", ""])
def test_who_has_no_part_in_a_duty_opens_nothing_over_http(time: Time, world: World, caller: Call, role: str) -> None:
    duty = admitted(world)
    for kind in ("exit", "adjustment"):
        answer = caller(role).act("case.open", BANNER, {"kind": kind, "duty": duty, "reason": "task_changed"})
        assert answer.status in (401, 403, 404, 422), (role, answer.data)
        if answer.status == 422:
            assert "no_standing_towards_duty" in {finding["code"] for finding in answer.data["findings"]}
        for action, given in (("duty.end", {"townships": [world.key("naji")], "valid_to": "2026-03-02"}), ("duty.change", {})):
            assert caller(role).act(action, f"{BANNER}-2026-0001", given).status in (401, 403, 404, 405, 422)
    assert listed(caller, world, duty) == set(world.townships)
