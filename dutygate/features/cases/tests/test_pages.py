"""办件页: what it is, how far it has come, what I can do now, what is missing and whose move it is (SCREENS, case page)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.catalogue.errors import Refused
from dutygate.features.cases.acts import TABS
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.world import create_world

READERS = ("forestry", "naji", "lead", "legal", "government", "city")


def tab_links(page, number):
    return set(re.findall(rf'href="/cases/{number}/([a-z]+)/"', page))


def test_head_steps_and_whose_move_it_is(world, journey):
    trip = journey().up_to("consulting")
    page = text(browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/"))
    assert trip.number in page and "阿荣旗林业和草原局" in page and "常态化" in page
    assert re.search(r'aria-current="step"><span class="leg-name">征求意见', page)
    beside = page[page.index('class="beside"') :]
    for town in ("那吉镇", "六合镇", "亚东镇"):
        assert town in beside
    assert "答复征求意见" in beside and "个工作日" in beside


def test_the_road_of_a_temporary_matter_does_not_pass_the_city(world, journey):
    regular, temporary = journey().up_to("consulting"), journey().up_to("consulting", "temporary")
    client = browser_of(world.people["lead"])
    assert "报市政府" in text(client.get(f"/cases/{regular.number}/"))
    assert "报市政府" not in text(client.get(f"/cases/{temporary.number}/"))


def test_a_township_is_not_told_who_else_has_not_answered(world, journey):
    trip = journey().up_to("consulting")
    beside = text(browser_of(world.people["naji"]).get(f"/cases/{trip.number}/")).split('class="beside"')[1]
    assert "六合镇" not in beside and "2 个其他乡镇" in beside


def test_who_may_not_see_it_finds_no_such_page(world, journey):
    trip = journey().up_to("reviewing")
    for role in ("outsider", "agriculture", "system_admin", "audit_admin"):
        client = browser_of(world.people[role])
        for path in (f"/cases/{trip.number}/", f"/cases/{trip.number}/register/", f"/cases/{trip.number}/do/case.withdraw/"):
            page = client.get(path)
            assert page.status_code == 404 and "没有这一页" in text(page), (role, path)
    assert browser_of(world.people["lead"]).get("/cases/150721-2026-9999/").status_code == 404


@pytest.mark.parametrize(
    "state",
    [
        *("consulting", "refused"),
        *(pytest.param(state, marks=pytest.mark.long) for state in ("drafting", "agreed", "applied", "reviewing")),
        *(pytest.param(state, marks=pytest.mark.long) for state in ("concluded", "done", "withdrawn")),
    ],
)
def test_every_tab_opens_for_everybody_who_sees_the_case(world, journey, state):
    trip = journey().up_to(state)
    seen = 0
    for role in READERS:
        client = browser_of(world.people[role])
        page = client.get(f"/cases/{trip.number}/")
        if page.status_code == 404:
            continue
        seen += 1
        for name in tab_links(text(page), trip.number):
            assert client.get(f"/cases/{trip.number}/{name}/").status_code == 200, (role, name)
    assert seen >= 1


def test_a_tab_that_is_none_is_not_there(world, journey):
    trip = journey().up_to("drafting")
    assert browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/nothing/").status_code == 404


def test_the_register_shows_refused_tries_with_what_was_said(world, journey):
    trip = journey().up_to("consulting")
    with pytest.raises(Refused):
        trip.conclude()
    page = text(browser_of(world.people["lead"]).get(f"/cases/{trip.number}/register/"))
    assert "未办成" in page and "答复" in page.split("未办成")[1] and "/law/4.1/" in page
    other = text(browser_of(world.people["naji"]).get(f"/cases/{trip.number}/register/"))
    assert "六合镇" not in other.split('id="tab-title"')[1].split('class="beside"')[0]


def test_an_action_that_is_not_mine_or_not_now_says_so(world, journey):
    trip = journey().up_to("consulting")
    not_mine = browser_of(world.people["lead"]).get(f"/cases/{trip.number}/do/case.withdraw/")
    assert not_mine.status_code == 403 and "不归您现在的岗位办" in text(not_mine) and "申请单位" in text(not_mine)
    assert 'value="do"' not in text(not_mine)
    done = journey().up_to("done")
    too_late = browser_of(world.people["forestry"]).get(f"/cases/{done.number}/do/case.withdraw/")
    assert too_late.status_code == 409 and "现在不能办" in text(too_late)
    assert browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/do/duty.admit/").status_code == 404
    assert browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/do/nothing.at_all/").status_code == 404


def test_the_list_is_narrowed_and_pages(world, journey, monkeypatch):
    monkeypatch.setattr("dutygate.features.cases.web.PAGE", 2)
    trips = [journey() for _ in range(5)]
    for number, trip in enumerate(trips):
        trip.open(title=f"事项{number}号", track="temporary" if number == 3 else "regular")
    client = browser_of(world.people["forestry"])
    first = text(client.get("/cases/"))
    assert "事项4号" in first and "事项3号" in first and "事项2号" not in first
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    second = text(client.get(f"/cases/{older[1].replace('&amp;', '&')}"))
    assert "事项2号" in second and "事项4号" not in second
    assert "事项3号" in text(client.get("/cases/?track=temporary")) and "事项4号" not in text(client.get("/cases/?track=temporary"))
    assert "事项1号" in text(client.get("/cases/?q=1号")) and "事项4号" not in text(client.get("/cases/?q=1号"))
    assert "没有符合条件的办件" in text(client.get("/cases/?q=没有的"))


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_list_and_case_cost_the_same_however_many_cases(world, journey):
    trip = journey().up_to("reviewing")
    journey().up_to("consulting")
    client = browser_of(world.people["lead"])
    client.get("/")  # the first request writes when she was last seen
    paths = [
        "/cases/",
        *(f"/cases/{trip.number}/{name}/" for name in sorted(tab_links(text(client.get(f"/cases/{trip.number}/")), trip.number))),
    ]
    few = {path: queries(client, path) for path in paths}
    for state in ("consulting", "done", "applied"):
        journey().up_to(state)
    assert {path: queries(client, path) for path in paths} == few


def cost_with(townships):
    world = create_world(townships)
    trip = Journey(world).up_to("reviewing")
    client = browser_of(world.people["lead"])
    client.get("/")
    names = sorted(tab_links(text(client.get(f"/cases/{trip.number}/")), trip.number))
    return {name: queries(client, f"/cases/{trip.number}/{name}/") for name in names}


@pytest.mark.django_db
def test_a_case_costs_the_same_however_many_townships_few():
    found = cost_with(3)
    assert set(found) <= set(TABS)
    _COSTS.setdefault("found", found)
    assert _COSTS["found"] == found


@pytest.mark.django_db
@pytest.mark.parametrize("townships", [5, pytest.param(12, marks=pytest.mark.long)])
def test_a_case_costs_the_same_however_many_townships_many(townships):
    found = cost_with(townships)
    _COSTS.setdefault("found", found)
    assert _COSTS["found"] == found


_COSTS: dict[str, dict[str, int]] = {}


def test_english(world, journey):
    trip = journey().up_to("consulting")
    client = browser_of(world.people["forestry"])
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get(f"/cases/{trip.number}/"))
    for said in ("Applicant", "Consulting townships", "What is missing, and whose move it is", "Article 4"):
        assert said in page, said
