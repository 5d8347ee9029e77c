"""Issue 2, item 5, and SCREENS: who sees what by the API; what can be done now and whose move it is; one speed however many cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import Outcome, forget_kept_editions, perform
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.hashing import entry_hash
from tests.journey import Journey
from tests.trips.calling import Caller, token_for
from tests.trips.test_api_problems import is_problem
from tests.world import BANNER, World, create_world

pytestmark = [pytest.mark.django_db, pytest.mark.once]
READERS = ("forestry", "forestry2", "naji", "lead", "legal", "committee", "city")
OUTSIDERS = ("outsider", "water", "system_admin", "security_admin", "audit_admin")


def steps_of(caller: Caller, number: str) -> dict[str, Any]:
    answer = caller.get(f"/cases/{number}/actions")
    assert answer.status == 200, answer.data
    return {step["action"]: step for step in answer.data["actions"]}


def test_every_read_path_shows_a_case_to_its_readers_and_to_nobody_else(world, journey, caller):
    case = journey().up_to("banner_decision")
    for role in READERS:
        person = caller(role)
        assert [line["number"] for line in person.get("/cases").data["items"]] == [case.number], role
        assert person.get(f"/cases/{case.number}").status == 200, role
        assert person.get(f"/cases/{case.number}/actions").status == 200, role
        assert len(person.get(f"/cases?q={case.number[-4:]}").data["items"]) == 1, role
    for role in OUTSIDERS:
        person = caller(role)
        assert person.get("/cases").data == {"items": [], "next": None}, role
        assert person.get(f"/cases?q={case.number}").data["items"] == [], role
        for path in (f"/cases/{case.number}", f"/cases/{case.number}/actions"):
            answer = person.get(path)
            is_problem(answer, 404, "not_found")
            assert answer.data["findings"] == [
                {**person.get("/cases/150721-2026-9999").data["findings"][0], "params": {"subject": case.number}}
            ], role
        assert person.get("/tasks").data["items"] == [], role


def test_a_township_sees_the_others_opinions_only_after_all_are_in(world, journey, caller):
    case = journey().up_to("consulting")
    case.reply("naji", answer="agree_with_conditions", conditions=["先拨经费"])
    case.reply("liuhe", answer="disagree", reason="人手不足")
    yadong = caller("yadong").get(f"/cases/{case.number}").data["sections"]
    assert not yadong["opinions"]["all_in"]
    assert [t["unit"]["key"] for t in yadong["opinions"]["townships"]] == ["150721.yadong"]
    assert "人手不足" not in str(yadong) and "先拨经费" not in str(yadong)
    assert {line["unit"]["key"] for line in yadong["register"]} == {"150721.forestry"}
    waiting = caller("yadong").get(f"/cases/{case.number}/actions").data
    assert {(t["unit"]["key"], t["action"]) for t in waiting["waiting"] if t["unit"]["key"] != "150721.forestry"} == {
        ("150721.yadong", "consultation.reply")
    }
    naji = caller("naji").get(f"/cases/{case.number}/actions").data
    assert naji["unseen_townships"] == 1
    assert "yadong" not in str(naji)
    case.reply("yadong")
    assert len(caller("yadong").get(f"/cases/{case.number}").data["sections"]["opinions"]["townships"]) == 3
    matrix = caller("lead").get(f"/cases/{case.number}").data["sections"]["opinions"]["townships"]
    assert [t["answer"] for t in matrix] == ["agree_with_conditions", "disagree", "agree"]
    assert matrix[0]["answers"][0]["conditions"] == [{"ordinal": 1, "text": "先拨经费", "status": "open"}]


def test_what_can_be_done_now_what_blocks_it_and_whose_move_it_is(world, journey, caller):
    case = journey().up_to("consulting")
    case.reply("naji")
    forestry = steps_of(caller("forestry"), case.number)
    assert forestry["application.edit"]["status"] == "open"
    assert forestry["application.edit"]["expected"] == {"case": case.case.version}
    blocked = forestry["consultation.conclude"]
    assert (blocked["status"], blocked["provision"], blocked["provision_label"]) == ("blocked", "4.1", "第四条（一）")
    assert {(f["code"], f["params"]["township"]) for f in blocked["findings"]} == {
        ("township_silent", "150721.liuhe"),
        ("township_silent", "150721.yadong"),
    }
    assert "六合镇" in blocked["findings"][0]["message"] and blocked["findings"][0]["what_to_do"]
    assert (forestry["review.accept"]["status"], forestry["application.submit"]["status"]) == ("not_yours", "not_now")
    assert forestry["consultation.reply"]["on_paper"] and not forestry["review.assess"]["on_paper"]
    assert forestry["record.correct"]["status"] == "depends"
    assert "case.open" not in forestry
    liuhe = steps_of(caller("liuhe"), case.number)
    assert (liuhe["consultation.reply"]["status"], liuhe["consultation.reply"]["expected"]) == ("open", {"revision": 2, "reply": 1})
    assert steps_of(caller("naji"), case.number)["consultation.reply"]["findings"][0]["code"] == "already_answered"
    lead = caller("lead").get(f"/cases/{case.number}/actions").data
    assert {(t["unit"]["key"], t["action"]) for t in lead["waiting"]} == {
        ("150721.liuhe", "consultation.reply"),
        ("150721.yadong", "consultation.reply"),
    }
    assert {(t["light"], t["provision"]) for t in lead["waiting"]} == {("green", "4.1")}
    assert all(t["due_on"] and t["days_left"] == 10 for t in lead["waiting"])


def open_steps(caller: Caller, number: str) -> set[str]:
    """The actions that are said to be open; none for who may not see the case yet."""
    answer = caller.get(f"/cases/{number}/actions")
    return {step["action"] for step in answer.data["actions"] if step["status"] == "open"} if answer.status == 200 else set()


@dataclass
class Asking(Journey):
    """A case whose people ask first whether what they are going to do is open to them."""

    remembered: ClassVar[bool] = False
    caller: Callable[[str], Caller] | None = None
    asked: list[str] = field(default_factory=list)

    def do(self, who: Any, action: str, /, **given: Any) -> Outcome:
        if action != "case.open" and self.caller is not None:
            assert action in open_steps(self.caller(who), self.number), (who, action)
            self.asked.append(action)
        return super().do(who, action, **given)


def test_what_is_said_to_be_open_is_open(world, caller):
    """Along the whole road: the owner of each next step is told that it is open, and then it can be done."""
    case = Asking(world, townships=("naji",), caller=caller)
    case.up_to("done")
    assert len(set(case.asked)) == 15 and case.state == "done"
    assert caller("lead").get(f"/cases/{case.number}/actions").data["waiting"] == []


def test_tasks_are_those_of_my_unit_the_most_urgent_first(world, caller):
    first, second = Journey(world).up_to("consulting"), Journey(world).up_to("consulting", "temporary")
    naji = caller("naji").get("/tasks").data["items"]
    assert [task["subject"] for task in naji] == [second.number, first.number], "three days come before ten"
    assert all(task["title"] == "林草防火宣传" and task["unit"]["key"] == "150721.naji" for task in naji)
    page = caller("naji").get("/tasks?limit=1").data
    rest = caller("naji").get(f"/tasks?limit=1&cursor={page['next']}").data
    assert [*page["items"], *rest["items"]] == naji
    assert rest["next"] is None
    english = Caller(caller("naji").token, "en").get("/tasks").data["items"][0]
    assert english["label"] == "Reply"


def test_pages_follow_each_other_and_filters_narrow(world, caller):
    opened = [Journey(world).open("regular" if n % 2 else "temporary", title=f"事项第{n}号").result["number"] for n in range(7)]
    forestry, seen, cursor = caller("forestry"), [], ""
    while True:
        page = forestry.get(f"/cases?limit=3&cursor={cursor}").data
        seen += [line["number"] for line in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == opened[::-1]
    assert [line["title"] for line in forestry.get("/cases?q=第3").data["items"]] == ["事项第3号"]
    assert len(forestry.get("/cases?track=temporary").data["items"]) == 4
    assert forestry.get("/cases?state=consulting").data["items"] == []
    assert len(forestry.get("/cases?state=drafting&track=regular&q=事项").data["items"]) == 3
    assert forestry.get("/cases?q=%25").data["items"] == [], "a percent sign is a percent sign"


def test_the_register_for_lead_and_audit_without_salts_and_sealed_text_only_where_it_may_be_seen(world, journey, caller):
    case = journey().up_to("consulting")
    lead, audit = caller("lead"), caller("audit_admin")
    for person in (lead, audit):
        items: list[dict[str, Any]] = []
        cursor = ""
        while cursor is not None:
            page = person.get(f"/register/entries?limit=20&cursor={cursor}").data
            items += page["items"]
            cursor = page["next"]
        assert [item["seq"] for item in items] == list(range(1, len(items) + 1))
        previous = "0" * 64
        for item in items:
            fields = {name: value for name, value in item.items() if name not in ("hash", "unit", "sealed")}
            hashed = {**fields, "seq": item["seq"], "payload_version": item["payload_version"]}
            assert entry_hash(hashed) == item["hash"], "whoever reads the fields can compute the hash"
            assert item["prev_hash"] == previous
            previous = item["hash"]
            assert "salt" not in item
        shown = {item["subject"] for item in items if item["sealed"] is not None}
        assert shown == ({case.number} if person is lead else set())
    assert "六合镇" not in str(audit.get("/register/entries?limit=200").data["items"][0]["sealed"])
    for role in ("forestry", "naji", "legal", "city", "system_admin", "security_admin"):
        is_problem(caller(role).get("/register/entries"), 403, "register_readers")
        assert caller(role).get("/register/head").status == 200
    printed = lead.get("/register/head").data["heads"]
    assert [head["chain"] for head in printed] == ["150721", "common"]
    assert all(head["printed"] == f"{head['chain']}:{head['seq']}:{head['hash']}" for head in printed)


def test_lists_are_read_by_offices_of_the_banner_and_its_city(world, journey, caller):
    case = journey(townships=("naji",)).up_to("done")
    code = caller("lead").get("/townships/150721100/duties").data["items"][0]["code"]
    for role in ("lead", "naji", "outsider", "water", "city"):
        for name in ("150721.naji", "150721100", "naji", "那吉镇"):
            assert len(caller(role).get(f"/townships/{name}/duties").data["items"]) == 1, (role, name)
        assert caller(role).get(f"/duties/{code}").data["case"] == case.number
        [found] = caller(role).get("/duties?q=林草 登记").data["items"]
        assert (found["code"], found["lead_unit"]["key"], found["sections"]) == (code, "150721.forestry", ["admitted"])
        assert [unit["key"] for unit in found["townships"]] == ["150721.naji"] and found["last_day"] is None
    assert caller("lead").get("/townships/naji/duties?on=2024-06-05").data["items"] == []
    assert caller("lead").get("/duties?q=林草&on=2024-06-05").data["items"] == caller("lead").get("/duties?q=草林").data["items"] == []
    assert caller("audit_admin").get("/duties?q=林草").data["items"] == []
    is_problem(caller("lead").get("/duties?q="), 422)
    is_problem(caller("lead").get("/townships/naji/duties?on=2024-13-05"), 422)
    for role in ("audit_admin", "system_admin"):
        is_problem(caller(role).get("/townships/naji/duties"), 404)
        is_problem(caller(role).get(f"/duties/{code}"), 404)
    for wrong in ("forestry", "nowhere", "1507.government_office"):
        is_problem(caller("lead").get(f"/townships/{wrong}/duties"), 404)


def test_provisions_are_read_in_both_languages(world, caller):
    law = caller("water").get("/law/provisions").data
    assert law["edition"] == "arun_2024_15"
    found = {provision["id"]: provision for provision in law["provisions"]}
    assert found["4.1"]["label"] == "第四条（一）"
    assert "consultation.reply" in found["4.1"]["actions"] and found["4.1"]["rules"]
    english = Caller(caller("water").token, "en").get("/law/provisions").data
    assert {p["id"]: p["label"] for p in english["provisions"]}["4.1"] == "Article 4, item 1"


def queries(caller: Caller, path: str) -> int:
    """How many statements a read takes once the directory is at hand."""
    caller.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert caller.get(path).status == 200, path
    return len(seen)


@pytest.mark.parametrize(("some", "more"), [(2, 4), pytest.param(10, 190, marks=pytest.mark.long)])
def test_reads_take_as_many_queries_with_more_cases(world, caller, some, more):
    paths = ("/cases", "/cases?q=林&limit=200", "/tasks?limit=200", "/register/entries?limit=200", "/register/head", "/law/provisions")
    readers = [caller(role) for role in ("forestry", "lead")]
    one = _open(world, some)
    detail = (f"/cases/{one}", f"/cases/{one}/actions")
    reads = [(reader, path) for reader in readers for path in (*paths, *detail) if _allowed(reader, readers, path)]
    few = [queries(*read) for read in reads]
    _open(world, more)
    many = [queries(*read) for read in reads]
    assert few == many
    assert max(few) <= 40, few


def _allowed(reader: Caller, readers: list[Caller], path: str) -> bool:
    return reader is readers[1] or not path.startswith("/register/entries")


def _open(world: World, count: int) -> str:
    given = {"title": "林草防火宣传", "track": "regular", "declared_class": "public_service"}
    numbers = [perform(world.people["forestry"], "case.open", BANNER, given, via="import").result["number"] for _ in range(count)]
    return str(numbers[0])


@pytest.mark.parametrize("townships", [3, pytest.param(11, marks=pytest.mark.long)])
@pytest.mark.parametrize("state", ["consulting", "concluded", "done"])
def test_reads_take_as_many_queries_with_more_townships_than_two(db, state, townships):
    world = create_world(townships)
    lead, naji = Caller(token_for(world, "lead")), Caller(token_for(world, "naji"))
    few, many = Journey(world, townships=("naji", "liuhe")).up_to(state), Journey(world).up_to(state)
    for reader in (lead, naji):
        for path in ("/cases/{}", "/cases/{}/actions"):
            small, large = (queries(reader, path.format(case.number)) for case in (few, many))
            assert small == large, (path, state)
    assert queries(lead, "/townships/naji/duties") < 15
    forget_directories()
    forget_kept_editions()
