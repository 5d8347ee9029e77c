"""消息: what one's own unit was told, in words, with the way to the case; reading it changes nothing in the register."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform
from tests.pages.signed_in import browser_of, text
from tests.rows import rows
from tests.world import BANNER

PATH = "/messages/"


def test_every_unit_reads_its_own_and_finds_the_case(world, journey):
    case = journey().up_to("consulting")
    page = text(browser_of(world.people["naji"]).get(PATH))
    assert "书面征求贵单位的意见（第1轮）" in page and f'href="/cases/{case.number}/"' in page and "林草防火宣传" in page
    assert "没有消息" in text(browser_of(world.people["outsider"]).get(PATH))
    assert "没有消息" in text(browser_of(world.people["water"]).get(PATH))


@pytest.mark.parametrize("kind", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_are_told_nothing_of_the_business(world, journey, kind):
    case = journey().up_to("consulting")
    client = browser_of(world.people[kind])
    assert case.number not in text(client.get(PATH))
    assert f'href="{PATH}"' not in text(client.get("/"))


def test_a_whole_admission_is_told_in_words_to_everybody(world, journey):
    case = journey().up_to("done")
    said = {
        who: text(browser_of(world.people[who]).get(PATH)) for who in ("naji", "forestry", "lead", "finance", "committee", "city", "legal")
    }
    assert "已经列入清单，编号150721-D-0001" in said["naji"] and "请签收" in said["naji"]
    assert "已经形成审核意见：同意" in said["forestry"] and "本卷办结" in said["forestry"]
    assert "旗委登记了决定：同意" in said["lead"] and "阿荣旗财政局反馈了部门意见" in said["lead"] and "市政府登记了决定" in said["lead"]
    assert "征求贵单位的部门意见" in said["finance"] and "报请决定" in said["committee"] and "报请决定" in said["city"]
    assert "席位审核" in said["legal"]
    for page in said.values():
        assert case.number in page and "%(" not in page and ">—<" not in page


def test_read_by_one_is_read_by_the_unit_and_enters_no_register(world, journey):
    journey().up_to("consulting")
    client, entries = browser_of(world.people["naji"]), rows("register.Entry").count()
    page = text(client.get(PATH))
    newest = rows("notices.OutboxMessage", unit_id=world.unit_id("naji")).order_by("-id").values_list("id", flat=True)[0]
    assert "未读" in page and f'name="newest" value="{newest}"' in page
    assert "1 条未读消息" in text(client.get("/"))
    assert client.post(PATH, {"newest": str(newest)}).headers["Location"] == PATH
    assert "未读" not in text(browser_of(world.people["naji2"]).get(PATH)) and "条未读消息" not in text(client.get("/"))
    assert "未读" in text(browser_of(world.people["liuhe"]).get(PATH))
    assert rows("register.Entry").count() == entries


def test_what_came_after_the_page_was_opened_stays_unread(world, journey):
    first, second = journey().up_to("consulting"), journey().up_to("consulting")
    client = browser_of(world.people["naji"])
    oldest = rows("notices.OutboxMessage", unit_id=world.unit_id("naji"), subject=first.number).get().id
    client.post(PATH, {"newest": str(oldest)})
    assert list(rows("notices.OutboxMessage", unit_id=world.unit_id("naji"), read_at=None).values_list("subject", flat=True)) == [
        second.number
    ]
    assert client.post(PATH, {"newest": "everything"}).status_code == 302
    assert rows("notices.OutboxMessage", unit_id=world.unit_id("naji"), read_at=None).count() == 1


def test_a_message_about_a_case_that_is_no_longer_to_be_seen_is_no_link(world, journey):
    case = journey().up_to("consulting")
    unit = world.unit_id("outsider")
    rows("notices.OutboxMessage", unit_id=world.unit_id("naji")).update(unit_id=unit)
    page = text(browser_of(world.people["outsider"]).get(PATH))
    assert "书面征求" in page and f"/cases/{case.number}/" not in page and "林草防火宣传" not in page


def test_a_full_page_costs_what_a_short_one_does(world, journey, monkeypatch):
    monkeypatch.setattr("dutygate.features.desk.messages_web.PAGE", 8)
    client = browser_of(world.people["lead"])
    journey().up_to("concluded")
    client.get(PATH)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PATH).status_code == 200
        return len(seen)

    few = cost()
    assert "?before=" not in text(client.get(PATH))
    for _ in range(2):
        journey().up_to("done")
    assert cost() == few
    assert "?before=" in text(client.get(PATH))


def test_english(world, journey):
    journey().up_to("done")
    client = browser_of(world.people["lead"])
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get(PATH))
    assert "A decision was recorded, City government: Agree" in page and "Mark all as read" in page


def test_every_message_leads_somewhere_and_none_shows_the_banners_code_for_a_number(world, journey):
    """Asked about a provision, told of a letterhead: the law and the letterheads; of the case: the case."""
    journey().up_to("consulting")
    perform(world.people["naji"], "law.ask", BANNER, {"provision": "5", "question": "怎么算兑现？"}, via="page")
    lead = text(browser_of(world.people["lead"]).get(PATH))
    assert re.search(r"请作解释：第五条</p>\s*<p class=\"quiet\"><a href=\"/law/questions/\">打开看</a> · 20", lead)
    for who in ("lead", "naji", "forestry"):
        page = text(browser_of(world.people[who]).get(PATH))
        assert page.count("<li") and not re.findall(r'<p class="quiet">(?!<a )[^<]*20\d\d', page), who
