"""第四条（四）、（五）: an adjustment through its pages: the text is there already, what changes is shown as a difference, in words too."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dutygate.features.application.difference import pieces
from tests.leaving import Leaving, Time, admitted, on_list
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.world import World

pytestmark = pytest.mark.django_db
LESS = "乡镇在防火期内张贴公告、登记巡查情况；不实施处罚，不参与火情处置。"


def opened(world: World, who: str, duty: str, **typed: Any) -> tuple[Leaving, Any, Any]:
    """The case, the person's browser, and the page to which one comes."""
    client = browser_of(world.people[who])
    sent = press(client, f"/duties/{duty}/adjust/", **{"reason": "task_changed", "reason_words": "入户宣传改由护林员承担。", **typed})
    assert sent.status_code == 302, text(sent)
    number = sent["Location"].split("/")[2]
    townships = ("forestry",) if who == "naji" else world.townships
    case = Leaving(world, initiator=who, townships=townships, number=number, duty=duty, kind="adjustment")
    return case, client, client.get(sent["Location"])


def test_the_form_begins_with_the_eleven_items_of_the_list(time: Time, world: World) -> None:
    case, client, page = opened(world, "forestry", admitted(world))
    assert "调整以后由哪些乡镇承担" in text(page)
    assert len(form_of(page)["townships"]) == 3
    items = client.get(f"/cases/{case.number}/write/items/")
    held = form_of(items)
    assert held["content"] == ["乡镇在防火期内张贴公告、入户宣传、登记巡查情况；不实施处罚，不参与火情处置。"]
    assert held["reason"] == ["task_changed"]
    assert held["sg_all_funding_amount"] == ["20000"]


def test_a_change_is_shown_old_beside_new_with_words_for_what_colour_says(time: Time, world: World) -> None:
    case, client, _page = opened(world, "forestry", admitted(world))
    where = f"/cases/{case.number}"
    nothing = text(client.get(f"{where}/change/"))
    assert "内容一个字也不改" in nothing
    assert "还没有提出任何调整" in text(client.get(f"{where}/do/consultation.request/"))
    sent = press(client, f"{where}/write/items/", content=LESS, sg_all_funding_amount="15000")
    assert sent.status_code == 302, text(sent)
    page = text(client.get(f"{where}/change/"))
    assert re.search(r"<del><span class=\"sr-only\">（去掉：）</span>[^<]*入户宣传", page)
    for said in ("改动", "权责内容", "工作经费", "每年一月底前拨付"):
        assert said in page, said
    assert "继续承担的" in page
    naji_page = f"{where}/do/consultation.reply/"
    assert press(client, f"{where}/do/consultation.request/").status_code == 302
    naji = browser_of(world.people["naji"])
    reply = text(naji.get(naji_page))
    assert "拟作的调整" in reply and "<del>" in reply
    assert "不答复不等于同意" in reply and "不能这样调整" in reply
    assert press(naji, naji_page, answer="agree").status_code == 302


def test_more_and_fewer_townships_are_told_apart(time: Time, world: World) -> None:
    case, client, _page = opened(world, "forestry", admitted(world))
    where = f"/cases/{case.number}"
    sent = press(client, f"{where}/write/townships/", townships=[world.key("naji"), world.key("liuhe"), world.key(world.outside)])
    assert sent.status_code == 302, text(sent)
    page = text(client.get(f"{where}/change/"))
    for said in ("新增加的", "霍尔奇镇", "须书面同意", "退出清单的", "亚东镇", "书面告知", "继续承担的"):
        assert said in page, said
    ask = text(client.get(f"{where}/do/consultation.request/"))
    assert "新增承担的乡镇：霍尔奇镇" in ask and "退出清单的乡镇：亚东镇" in ask


def test_temporary_work_turns_regular_by_a_box_and_a_list(time: Time, world: World) -> None:
    duty = admitted(world, "temporary")
    client = browser_of(world.people["forestry"])
    page = client.get(f"/duties/{duty}/adjust/")
    assert "转为常态化" in text(page) and "要报市政府批准" in text(page)
    back = press(client, f"/duties/{duty}/adjust/", page=page, reason="task_changed", list_name="powers")
    assert back.status_code == 422 and "请勾选这一项" in text(back)
    case, client, _page = opened(world, "forestry", duty, turns="on", list_name="powers")
    where = f"/cases/{case.number}"
    shown = text(client.get(f"{where}/change/"))
    for said in ("权责清单", "常态化", "阶段性、临时性", "截止日期"):
        assert said in shown, said
    head = text(client.get(f"{where}/"))
    assert "由阶段性、临时性转为" in head and "报市政府" in head
    assert "转为常态化的" not in text(client.get(f"/duties/{admitted(world)}/adjust/"))


def test_a_township_proposes_for_its_own_list(time: Time, world: World) -> None:
    duty = admitted(world)
    case, client, page = opened(world, "naji", duty)
    where = f"/cases/{case.number}"
    assert "权责内容" in text(page)
    press(client, f"{where}/write/items/", content=LESS)
    assert "只调整" in text(client.get(f"{where}/change/"))
    assert press(client, f"{where}/do/consultation.request/").status_code == 302
    forestry = browser_of(world.people["forestry"])
    assert press(forestry, f"{where}/do/consultation.reply/", answer="agree").status_code == 302
    assert press(client, f"{where}/do/consultation.conclude/").status_code == 302
    for step_to in ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved"):
        for step in case._steps(step_to, "regular"):
            step()
    lead = browser_of(world.people["lead"])
    notice = lead.get(f"{where}/do/notice.issue/")
    assert "准予调整的告知书" in text(notice)
    assert press(lead, f"{where}/do/notice.issue/", page=notice, document_number="阿编办告〔2026〕9号").status_code == 302
    duty_page = text(client.get(f"/duties/{duty}/"))
    assert LESS in duty_page and "以前的内容，版次" in duty_page
    assert duty in on_list(world, "naji")
    assert "<del>" in text(client.get(f"{where}/change/"))


def test_pieces_of_a_text() -> None:
    old, new = pieces("乡镇张贴公告、入户宣传。", "乡镇张贴公告。")
    assert [(p["text"], p["is"]) for p in old] == [("乡镇张贴公告", "same"), ("、入户宣传。", "gone")] or old[1]["is"] == "gone"
    assert "".join(p["text"] for p in old) == "乡镇张贴公告、入户宣传。"
    assert "".join(p["text"] for p in new) == "乡镇张贴公告。"
    assert pieces("", "新") == ([], [{"text": "新", "is": "new"}])
    assert pieces("旧" * 5000, "新") == ([{"text": "旧" * 5000, "is": "gone"}], [{"text": "新", "is": "new"}])
