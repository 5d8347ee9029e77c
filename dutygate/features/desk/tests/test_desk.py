"""工作台: what waits for me, by when and why; nothing to do says so (SCREENS, desk)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.signed_in import browser_of, text

PARTS = ("/", "/desk/receipts/", "/desk/done/", "/desk/closed/", "/desk/started/", "/desk/drafts/")


def counts(page):
    return {name: int(n) for name, n in re.findall(r'>([^<>]+) <span class="count">(\d+)</span>', page)}


def test_what_waits_for_a_township_stands_first_with_limit_and_article(world, journey):
    trip = journey().up_to("consulting")
    page = text(browser_of(world.people["naji"]).get("/"))
    assert f"/cases/{trip.number}/" in page and "林草防火宣传" in page
    assert "答复征求意见" in page and "个工作日" in page and 'href="/law/4.1/"' in page
    assert counts(page) == {"待办": 1, "待签收": 0, "已办": 0, "办结": 0, "草稿": 0}


def test_what_is_answered_has_gone_over_to_the_others(world, journey):
    trip = journey().up_to("consulting")
    trip.reply("naji")
    page = text(browser_of(world.people["naji"]).get("/"))
    assert "现在没有等您办的事" in page and counts(page)["已办"] == 1
    assert trip.number in text(browser_of(world.people["naji"]).get("/desk/done/"))


def test_receipts_stand_apart(world, journey):
    trip = journey().up_to("approved")
    trip.notify()
    client = browser_of(world.people["liuhe"])
    assert counts(text(client.get("/")))["待签收"] == 1 and "现在没有等您办的事" in text(client.get("/"))
    assert "签收" in text(client.get("/desk/receipts/"))
    trip.acknowledge()
    assert counts(text(client.get("/")))["办结"] == 1


def test_the_applicant_finds_what_it_started(world, journey):
    trip = journey().up_to("consulting")
    page = text(browser_of(world.people["forestry"]).get("/desk/started/"))
    assert trip.number in page and "新建准入事项" in page
    assert trip.number not in text(browser_of(world.people["agriculture"]).get("/desk/started/"))


def test_an_outsider_sees_nothing_of_it(world, journey):
    trip = journey().up_to("approved")
    for part in PARTS:
        assert trip.number not in text(browser_of(world.people["outsider"]).get(part)), part


@pytest.mark.parametrize("kind", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_have_no_business_here(world, journey, kind):
    trip = journey().up_to("consulting")
    page = browser_of(world.people[kind]).get("/")
    assert page.status_code == 200 and "不接触业务内容" in text(page) and trip.number not in text(page)


def test_a_part_that_is_none_is_not_there(world):
    assert browser_of(world.people["naji"]).get("/desk/nothing/").status_code == 404


def test_every_part_costs_the_same_however_many_cases(world, journey):
    client = browser_of(world.people["lead"])
    client.get("/")  # the first request writes when she was last seen
    for state in ("consulting", "reviewing", "done"):
        journey().up_to(state)

    def cost():
        found = {}
        for part in PARTS:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(part).status_code == 200
            found[part] = len(seen)
        return found

    few = cost()
    for state in ("applied", "consulting", "done", "reviewing"):
        journey().up_to(state)
    assert cost() == few


def test_english(world, journey):
    journey().up_to("consulting")
    client = browser_of(world.people["naji"])
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get("/"))
    assert "To do" in page and "working days left" in page and "Article 4" in page
