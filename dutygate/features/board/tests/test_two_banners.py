"""Articles 3, 6: a city with several banners reads the board of each, and no banner that of another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.organizations.queries import public_acting_post
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.trips.calling import Caller, token_for
from tests.world import CITY, World

FOUNDED = date(2024, 1, 1)
OTHER = "150722"


def do(action: str, subject: str, **payload: Any) -> Any:
    return perform(system_acting(), action, subject, payload, via="import")


@pytest.fixture
def two(world: World, journey: Callable[..., Journey]) -> World:
    """Two cases in ours; in 莫力达瓦 a lead, one township and nothing yet."""
    do("jurisdiction.create", "", code=OTHER, name="莫力达瓦旗", kind="banner", parent=CITY)
    for slug, kind, name in (("nierji", "township", "尼尔基镇"), ("bianban", "department", "莫旗编办")):
        do("unit.create", OTHER, slug=slug, kind=kind, name=name, valid_from=FOUNDED)
    do("unit.take_seat", OTHER, seat="lead", unit=f"{OTHER}.bianban", valid_from=FOUNDED)
    do("user.create", "", username="mobian", name="莫某")
    post = do("post.appoint", f"{OTHER}.bianban", username="mobian", kind="handler", valid_from=FOUNDED)
    acting = public_acting_post(int(post.result["id"]), world.today)
    assert acting is not None
    world.people["other_lead"] = acting
    journey().up_to("reviewing")
    journey().up_to("done")
    return world


def counted(world: World, who: str, place: str = "") -> tuple[int, list[str]]:
    """How many cases the board says were opened, and the townships in it."""
    answer = Caller(token_for(world, who)).get(f"/board?place={place}" if place else "/board")
    assert answer.status == 200, answer.data
    return answer.data["opened"], [line["township"]["name"] for line in answer.data["load"]]


def test_the_city_reads_each_by_itself(two: World) -> None:
    ours, others = counted(two, "city", "150721"), counted(two, "city", OTHER)
    assert ours[0] == 2 and others[0] == 0
    assert len(ours[1]) == len(two.townships) + 1 and len(others[1]) == 1 and not set(ours[1]) & set(others[1])
    client = browser_of(two.people["city"])
    page = text(client.get(f"/board/?place={OTHER}"))
    assert re.search(r"<option value=\"150722\"[^>]* selected", page) and "尼尔基镇" in page and "那吉镇" not in page
    behind = text(client.get(f"/board/rows/cases/?place={OTHER}"))
    assert '<strong class="count-of-rows">0</strong>' in behind
    assert '<strong class="count-of-rows">2</strong>' in text(client.get("/board/rows/cases/?place=150721"))


def test_no_banner_reads_the_other(two: World) -> None:
    assert counted(two, "lead")[0] == 2 and counted(two, "other_lead")[0] == 0
    for who, place, name in (("lead", OTHER, "尼尔基镇"), ("other_lead", "150721", "那吉镇")):
        assert Caller(token_for(two, who)).get(f"/board?place={place}").status == 404
        page = text(browser_of(two.people[who]).get(f"/board/?place={place}"))
        assert name not in page, "an address that names another place opens one's own"
