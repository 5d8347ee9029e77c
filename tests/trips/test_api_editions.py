"""法规版本 over HTTP (preamble, Articles 9-11): drafted from a file, compared, published, asked about, by programs as by people."""

from __future__ import annotations

from collections.abc import Callable

from dutygate.law.regulation.edition import package_editions, read_edition
from tests.editions import NAME, act, check, overridden, row
from tests.journey import BANNER
from tests.trips.calling import Caller
from tests.world import World

PRESENT = package_editions()["arun_2024_15"]


def test_a_program_drafts_from_the_file_and_sees_the_difference(world: World, caller: Callable[[str], Caller]) -> None:
    lead = caller("lead")
    shown = lead.get(f"/law/editions/{PRESENT.id}").data
    assert shown["standing"] == "now" and shown["digest"] == PRESENT.digest and shown["last_day"] is None
    assert read_edition(shown["file"], "file").digest == PRESENT.digest
    made = lead.act(
        "edition.draft", BANNER, {"name": NAME, "file": shown["file"].replace("judged_by_townships: false", "judged_by_townships: true")}
    )
    assert made.status == 200, made.data
    key = f"draft-{made.data['result']['draft']}"
    found = lead.get(f"/law/differences?old={PRESENT.id}&new={key}").data["items"]
    assert ("items", "negotiated_opinion", "changed") in {(one["part"], one["key"], one["kind"]) for one in found}
    assert caller("naji").get(f"/law/editions/{key}").status == 404
    stale = lead.act("edition.draft", BANNER, {"draft": made.data["result"]["draft"], "identity": {"note": None}}, expected={"draft": 9})
    assert stale.status == 409


def test_published_it_stands_in_the_list_and_the_provisions_are_its(world: World, caller: Callable[[str], Caller]) -> None:
    lead = caller("lead")
    made = lead.act("edition.draft", BANNER, {"name": NAME, "summaries": {"5": {"zh": "改了。", "en": "Changed."}}})
    draft = made.data["result"]["draft"]
    check(world, row("EditionDraft", pk=int(draft)))
    day = str(world.today)
    said = {"draft": draft, "document_number": "阿党办发〔2027〕1号", "dated_on": day, "in_force_from": day}
    answer = lead.act("edition.publish", BANNER, said, expected={"draft": 1})
    assert answer.status == 200 and answer.data["result"]["edition"] == NAME
    items = caller("naji").get("/law/editions").data["items"]
    assert [(one["edition"], one["standing"]) for one in items] == [(NAME, "now"), (PRESENT.id, "past"), ("arun_2023_18", "past")]
    law = caller("naji").get("/law/provisions").data
    assert law["edition"] == NAME and "改了。" in {one["summary"] for one in law["provisions"]}


def test_questions_and_what_was_said_about_a_provision(world: World, caller: Callable[[str], Caller]) -> None:
    asked = act(world, "naji", "law.ask", provision="5", question="“技术力量”是否包括设备？").result["question"]
    act(world, "liuhe", "law.ask", provision="5", question="“培训”由谁组织？")
    overridden(world)
    day = str(world.today)
    said = {"provision": "5", "question": asked, "text": "包括必需的设备。", "dated_on": day, "published": True}
    assert caller("lead").act("law.interpret", BANNER, said).status == 200
    assert [len(caller(who).get("/law/questions").data["items"]) for who in ("lead", "naji", "outsider", "system_admin")] == [2, 1, 0, 0]
    first = caller("lead").get("/law/questions?limit=1").data
    assert [one["number"] for one in first["items"]] == [2] and first["next"]
    second = caller("lead").get(f"/law/questions?limit=1&cursor={first['next']}").data
    assert [one["answers"][0]["text"] for one in second["items"]] == ["包括必需的设备。"] and second["next"] is None
    assert [one["number"] for one in caller("lead").get("/law/questions?open=true").data["items"]] == [2]
    fifth = next(one for one in caller("naji").get("/law/provisions").data["provisions"] if one["id"] == "5")
    assert [one["text"] for one in fifth["interpretations"]] == ["包括必需的设备。"]
    assert [one["source"] for one in fifth["overridden"]] == [
        "《内蒙古自治区苏木乡镇和街道职责准入管理办法》第六条（内机编办发〔2023〕143号）"
    ]


def test_a_refusal_that_cites_it_says_that_it_gives_way(world: World, caller: Callable[[str], Caller]) -> None:
    overridden(world, "10")
    answer = caller("naji").act("law.ask", BANNER, {"provision": "12", "question": "这一条是什么意思？"})
    assert answer.status == 422
    assert (
        "以《内蒙古自治区苏木乡镇和街道职责准入管理办法》第六条（内机编办发〔2023〕143号）的规定为准"
        in answer.data["findings"][0]["what_to_do"]
    )
