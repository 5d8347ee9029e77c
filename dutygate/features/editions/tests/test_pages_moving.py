"""转版 on pages (preamble, Article 11): the desk shows the task, the case what a move would change, the form asks for the reason."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.law.regulation.edition import edition_text, package_editions
from tests.editions import NAME, act, check, draft, publish, published, row
from tests.journey import Journey
from tests.pages.signed_in import browser_of, press, text
from tests.world import World

PRESENT = package_editions()["arun_2024_15"]
Start = Callable[..., Journey]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('id="content"')[1]))


def with_file(world: World, *changes: tuple[str, str]) -> None:
    """Another edition in force from today on, changed in its file."""
    found, changed = draft(world), edition_text(PRESENT)
    for old, new in changes:
        assert re.search(old, changed), old
        changed = re.sub(old, new, changed)
    act(world, "lead", "edition.draft", draft=str(found.id), file=changed)
    check(world, row("EditionDraft", pk=found.id))
    publish(world, found)


def test_the_desk_shows_the_task_and_leads_to_the_case(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    published(world)
    desk = text(browser_of(world.people["lead"]).get("/"))
    assert "转到现行版本" in desk and trip.number in desk
    assert "转到现行版本" not in text(browser_of(world.people["forestry"]).get("/"))


def test_the_case_says_what_a_move_would_change_and_the_lead_moves_it(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    with_file(world, ("judged_by_townships: false", "judged_by_townships: true"), (r"\n *- temporary_has_end(?=\n)", ""))
    lead = browser_of(world.people["lead"])
    page = plain(text(lead.get(f"/cases/{trip.number}/edition/")))
    assert "乡镇还要就协商意见表态：各乡镇的意见失效，要再次征求意见。" in page
    assert "办理“提交书面申请”时不再检查：“阶段性、临时性任务要有明确的截止日期”。" in page
    where = f"/cases/{trip.number}/do/edition.move_case/"
    bare = press(lead, where, reason="")
    assert bare.status_code == 422 and "第十一条" in text(bare)
    assert press(lead, where, reason="现行办法已经施行").headers["Location"] == f"/cases/{trip.number}/edition/"
    after = plain(text(lead.get(f"/cases/{trip.number}/edition/")))
    assert "转版的经过" in after and "现行办法已经施行" in after and "转过去以后" not in after
    assert trip.case.edition == NAME


def test_only_the_lead_is_offered_the_move_and_nobody_without_another_edition(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    lead = browser_of(world.people["lead"])
    assert lead.get(f"/cases/{trip.number}/edition/").status_code == 404
    assert "转到现行版本" not in text(lead.get(f"/cases/{trip.number}/"))
    published(world)
    for who in ("forestry", "naji", "city"):
        client = browser_of(world.people[who])
        page = text(client.get(f"/cases/{trip.number}/edition/"))
        assert "本卷依据的不是现行版本" in page and "do/edition.move_case" not in page
        assert client.get(f"/cases/{trip.number}/do/edition.move_case/").status_code == 403
    assert "do/edition.move_case" in text(lead.get(f"/cases/{trip.number}/edition/"))
    assert browser_of(world.people["outsider"]).get(f"/cases/{trip.number}/edition/").status_code == 404


def test_a_case_that_cannot_move_says_so(world: World, journey: Start) -> None:
    trip = journey().up_to("concluded")
    with_file(world, ("concluded", "summed_up"))
    page = plain(text(browser_of(world.people["lead"]).get(f"/cases/{trip.number}/edition/")))
    assert "新版本没有“已形成审核意见”这个状态，本卷不能转，仍依原版本办结。" in page


def test_the_refusal_under_a_repealed_edition_names_the_way_out(world: World, journey: Start) -> None:
    trip = journey().up_to("agreed")
    published(world)
    page = text(browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/do/application.submit/"))
    assert "先由牵头单位用“转到现行版本”转到现行版本" in page


@pytest.mark.parametrize("cases", [1, 4])
def test_the_tab_costs_the_same(world: World, journey: Start, cases: int) -> None:
    trips = [journey().up_to("consulting") for _ in range(cases)]
    published(world)
    client = browser_of(world.people["lead"])
    client.get(f"/cases/{trips[0].number}/edition/")
    with CaptureQueriesContext(connection) as tab:
        client.get(f"/cases/{trips[0].number}/edition/")
    with CaptureQueriesContext(connection) as other:
        client.get(f"/cases/{trips[0].number}/register/")
    assert len(tab) <= len(other) + 1
