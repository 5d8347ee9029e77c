"""Article 7 by the API: a task is checked without a write, kept with what the answer gives, and read by the unit and the lead alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journey import BANNER, Journey
from tests.rows import rows
from tests.trips.calling import Caller
from tests.trips.test_api_problems import is_problem
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_task_is_checked_kept_and_found_again(world: World, journey: Callable[..., Journey], caller: Callable[[str], Caller]) -> None:
    case = journey().up_to("done")
    naji, lead = caller("naji"), caller("lead")
    before = rows("register.Entry").count()
    found = naji.send("POST", "/task-check", {"text": f"关于做好{case.case.title}工作的通知\n签订责任状。"})
    assert found.status == 200 and rows("register.Entry").count() == before
    assert (found.data["standing"], found.data["entry"]["code"]) == ("on_list", "150721-D-0001")
    assert [(one["form"], one["words"]) for one in found.data["forms"]] == [("responsibility_letter", ["责任状"])]
    assert "".join(piece["text"] for piece in found.data["pieces"]).endswith("签订责任状。")
    kept = naji.act("taskcheck.keep", BANNER, found.data["keep"])
    assert kept.status == 200
    for who, count in (("naji", 1), ("lead", 1), ("liuhe", 0), ("forestry", 0)):
        assert len(caller(who).get("/task-checks").data["items"]) == count, who
    wrong = naji.act("taskcheck.keep", BANNER, {**found.data["keep"], "entry": "150721-D-0099"})
    is_problem(wrong, 422)
    assert wrong.codes == ["kept_answer_does_not_hold"]
    later = naji.act("taskcheck.keep", BANNER, {**found.data["keep"], "standing": "similar", "paper_on": "2999-01-01"})
    assert later.codes == ["paper_of_a_day_to_come"]
    said = {
        "document_number": "阿政办发〔2026〕9号",
        "issuer": "both",
        "title": "关于开展整治的通知",
        "dated_on": "2026-01-05",
        "from_on": "2026-01-05",
    }
    assert lead.act("deployment.register", BANNER, said).status == 200
    assert lead.act("deployment.register", BANNER, said).codes == ["deployment_registered_already"]
    assert [one["holds"] for one in naji.get("/deployments").data["items"]] == [True]


def test_who_may_not_and_what_is_not_whole(world: World, caller: Callable[[str], Caller]) -> None:
    is_problem(caller("system_admin").send("POST", "/task-check", {"text": "犬只登记"}), 404)
    is_problem(caller("naji").send("POST", "/task-check", {"text": " "}), 422)
    is_problem(caller("forestry").send("POST", "/task-check", {"text": "犬只登记", "township": "某某镇"}), 404)
    assert caller("audit_admin").get("/task-checks").data["items"] == []
