"""询问、解释、从其规定 on pages (Articles 9, 10): asked by any office, answered by the interpreter, shown where it is cited."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.editions import act, overridden, published
from tests.journey import Journey
from tests.pages.signed_in import browser_of, press, text
from tests.world import World

Start = Callable[..., Journey]
QUESTION = "“技术力量”是否包括仪器设备？"


def asked(world: World, who: str = "naji") -> str:
    client = browser_of(world.people[who])
    made = press(client, "/law/5/ask/", question=QUESTION)
    assert made.status_code == 302
    return str(made.headers["Location"])


def test_a_township_asks_the_interpreter_answers_and_everybody_reads_it(world: World) -> None:
    where = asked(world)
    lead, naji = browser_of(world.people["lead"]), browser_of(world.people["naji"])
    assert "还没有答复" in text(naji.get(where)) and QUESTION in text(lead.get("/law/questions/?open=1"))
    number = where.strip("/").rpartition("/")[2]
    answer = f"/law/5/interpret/?question={number}"
    assert f'href="{answer}"' in text(lead.get(where)) and f'href="{answer}"' not in text(naji.get(where))
    assert QUESTION in text(lead.get(answer))
    made = press(lead, answer, text="包括办理事项必需的仪器设备。", document_number="阿编办发〔2026〕4号", published="on")
    assert made.headers["Location"] == where
    for client in (naji, Client(), browser_of(world.people["liuhe"])):
        page = text(client.get("/law/5/"))
        assert "包括办理事项必需的仪器设备。" in page and QUESTION in page and "阿编办发〔2026〕4号" in page
    assert "有解释" in text(Client().get("/law/")).split('id="p-5"')[1].split("</article>")[0]
    assert "贵单位询问的条款有了解释" in text(naji.get("/messages/"))


def test_an_answer_that_is_not_published_is_for_who_asked(world: World) -> None:
    where = asked(world)
    lead = browser_of(world.people["lead"])
    press(lead, f"/law/5/interpret/?question={where.strip('/').rpartition('/')[2]}", text="按具体情形定。")
    assert "按具体情形定。" in text(browser_of(world.people["naji"]).get(where))
    assert "按具体情形定。" not in text(Client().get("/law/5/"))
    for who, status in (("naji", 200), ("lead", 200), ("city", 200), ("liuhe", 404), ("legal", 404), ("audit_admin", 404)):
        assert browser_of(world.people[who]).get(where).status_code == status, who


def test_who_may_do_what(world: World) -> None:
    for who, ask, interpret, mark in (
        ("naji", 200, 403, 403),
        ("forestry", 200, 403, 403),
        ("legal", 200, 403, 403),
        ("lead", 200, 200, 200),
        ("city", 200, 403, 403),
        ("system_admin", 403, 403, 403),
    ):
        client = browser_of(world.people[who])
        found = tuple(client.get(f"/law/5/{act}/").status_code for act in ("ask", "interpret", "override"))
        assert found == (ask, interpret, mark), who
        page = text(client.get("/law/5/"))
        assert ("询问这一条" in page, "解释这一条" in page, "标明从其规定" in page) == (ask == 200, interpret == 200, mark == 200)
    assert all(Client().get(f"/law/5/{act}/").status_code == 302 for act in ("ask", "interpret", "override"))
    assert browser_of(world.people["lead"]).get("/law/12/ask/").status_code == 404
    assert browser_of(world.people["lead"]).get("/law/5/interpret/?question=7").status_code == 404


def test_of_its_own_accord_it_interprets_for_everybody(world: World) -> None:
    lead = browser_of(world.people["lead"])
    page = press(lead, "/law/4.1/interpret/", text="书面包括电子公文。", published="")
    assert page.status_code == 422 and "要公开才有意义" in text(page)
    assert press(lead, "/law/4.1/interpret/", text="书面包括电子公文。", published="on").headers["Location"] == "/law/4.1/"
    assert "书面包括电子公文。" in text(Client().get("/law/4.1/"))


def test_what_was_said_of_an_earlier_edition_stays_readable(world: World) -> None:
    lead = browser_of(world.people["lead"])
    press(lead, "/law/5/interpret/", text="包括办理事项必需的仪器设备。", published="on")
    published(world)
    page = text(Client().get("/law/5/"))
    assert "对其他版本同一条的解释" in page and page.index("还没有公开的解释") < page.index("包括办理事项必需的仪器设备。")
    assert "有解释" not in text(Client().get("/law/"))
    assert "包括办理事项必需的仪器设备。" in text(Client().get("/law/editions/arun_2024_15/"))


def test_what_gives_way_is_marked_wherever_it_is_cited(world: World, journey: Start) -> None:
    lead = browser_of(world.people["lead"])
    bare = press(lead, "/law/4.1/override/", title="某办法", since=str(world.today), effect="从其规定。")
    assert bare.status_code == 422 and "没有写明以哪一部上位规定的哪一条为准" in text(bare)
    done = press(lead, "/law/4.1/override/", title="自治区办法", article="第六条", since=str(world.today), effect="答复期限依自治区规定。")
    assert done.headers["Location"] == "/law/4.1/"
    assert "答复期限依自治区规定。" in text(Client().get("/law/4.1/"))
    assert "从上位规定" in text(Client().get("/law/")).split('id="p-4.1"')[1].split("</article>")[0]
    trip = journey().up_to("consulting")
    page = text(browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/"))
    assert re.search(r'<a class="article article-gives-way" href="/law/4.1/" title="[^"]*《自治区办法》第六条', page)
    refused = press(browser_of(world.people["naji"]), f"/cases/{trip.number}/do/consultation.reply/", answer="disagree", reason="")
    assert refused.status_code == 422 and "以《自治区办法》第六条的规定为准（第九条）" in text(refused)


def test_another_jurisdiction_sees_nothing_of_it(world: World) -> None:
    overridden(world)
    assert "从其规定" in text(browser_of(world.people["naji"]).get("/law/5/"))
    assert "经费标准依自治区规定。" not in text(browser_of(world.people["city"]).get("/law/5/"))


@pytest.mark.parametrize("path", ["/law/questions/", "/law/5/", "/law/5/ask/", "/law/5/interpret/", "/law/5/override/"])
def test_english_pages_say_nothing_in_chinese_but_what_people_wrote(world: World, path: str) -> None:
    act(world, "naji", "law.ask", provision="5", question="What does it mean?")
    client = browser_of(world.people["lead"])
    client.cookies["django_language"] = "en"
    body = text(client.get(path)).split('id="content"')[1]
    for own in ("三定", "阿荣旗乡镇职责准入管理办法（试行）", "阿党办发〔2024〕15号", "那吉镇", "阿党办发〔2023〕18号"):
        body = body.replace(own, "")
    body = re.sub(r"<code>.*?</code>", "", body)
    assert not re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", body)
