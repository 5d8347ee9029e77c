"""修改申请 while others look at it (Articles 4.1, 4.2): whose answer lapses is said first, a stale page shows both texts,
for what the application was returned stands above.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.application.models import ItemText, Scope
from dutygate.features.application.tests.browser import form_of, press
from tests.journey import ITEMS, Journey
from tests.pages.signed_in import browser_of, text
from tests.rows import rows
from tests.world import create_world


@pytest.fixture
def clerk(world):
    return browser_of(world.people["forestry"])


def step(case, name):
    return f"/cases/{case.number}/write/{name}/"


def edits(case):
    return rows("register.Entry").filter(subject=case.number, action="application.edit", outcome="permitted").count()


def lapsed(world):
    return {world.by_unit[unit] for unit in Scope.objects.filter(lapsed=True).values_list("unit_id", flat=True)}


def said_of(page, label):
    """The block that tells what has become of one field."""
    blocks = re.findall(r'<div class="beside-each-other">(.*?)\n      </div>', text(page), re.DOTALL)
    return next((unescape(block) for block in blocks if f">{label}</a>" in block), "")


# 答复失效（第四条（一））


def test_an_edit_that_undoes_answers_says_so_first_and_is_done_when_it_is_meant(world, journey, clerk):
    case = journey().up_to("agreed")
    page = text(clerk.get(step(case, "items")))
    assert "已经有乡镇答复" in page and "那吉镇、六合镇、亚东镇" in page
    back = press(clerk, step(case, "items"), objective="换一个目标")
    assert back.status_code == 422 and "那吉镇、六合镇、亚东镇的答复会失效" in text(back) and "换一个目标" in text(back)
    assert (case.state, lapsed(world)) == ("agreed", set())
    done = press(clerk, step(case, "items"), objective="换一个目标", lapse_ok="on")
    assert done.status_code == 302 and (case.state, lapsed(world)) == ("consulting", {"naji", "liuhe", "yadong"})
    assert "已经有乡镇答复" not in text(clerk.get(step(case, "items")))


def test_an_addition_undoes_only_the_answer_of_its_township(world, journey, clerk):
    case = journey().up_to("agreed")
    row = {"new_township_0": str(world.unit_id("naji")), "new_item_0": "division", "new_text_0": "那吉镇另设一名联络员"}
    back = press(clerk, step(case, "items"), **row)
    assert "那吉镇的答复会失效" in text(back)
    press(clerk, step(case, "items"), **row, lapse_ok="on")
    assert lapsed(world) == {"naji"}


def test_the_check_tells_whose_answer_would_lapse_and_does_nothing(world, journey, clerk):
    case = journey().up_to("consulting")
    case.reply("naji")
    tried = press(clerk, step(case, "items"), "check", content="换一个内容")
    assert "下面乡镇的答复会失效，要再次征求意见：</strong> 那吉镇" in text(tried) and "六合镇 " not in said(tried)
    assert "现在填的内容不影响已有的答复" in text(press(clerk, step(case, "items"), "check"))
    assert edits(case) == 1 and lapsed(world) == set()


def said(page):
    return re.search(r"要再次征求意见：</strong>(.*?)</p>", text(page), re.DOTALL)[1]


def test_what_no_township_judges_needs_no_second_thought(world, journey, clerk):
    case = journey().up_to("agreed")
    assert press(clerk, step(case, "items"), declared_class="routine").status_code == 302
    assert (case.state, case.case.declared_class, lapsed(world)) == ("agreed", "routine", set())


def test_afterwards_townships_only_join(world, journey, clerk):
    case = journey().up_to("agreed")
    page = text(clerk.get(step(case, "townships")))
    assert "只能增加乡镇" in page and "已在范围内：那吉镇、六合镇、亚东镇" in page
    assert form_of(clerk.get(step(case, "townships"))).get("townships") is None
    press(clerk, step(case, "townships"), townships=[world.key("huoerqi")])
    assert Scope.objects.filter(in_scope=True).count() == 4 and case.state == "consulting" and lapsed(world) == set()


# 过期页面


def test_a_stale_page_keeps_the_text_and_shows_what_changed(world, journey, clerk):
    case = journey()
    case.open()
    case.fill()
    colleague = browser_of(world.people["forestry2"])
    mine = clerk.get(step(case, "items"))
    press(colleague, step(case, "items"), objective="同事改的目标", staffing="同事改的人员", sg_all_funding_amount="30000")
    back = press(clerk, step(case, "items"), page=mine, objective="我改的目标", mechanism="我改的机制")
    assert back.status_code == 409 and edits(case) == 2
    assert "同事改的目标" in said_of(back, "工作目标") and "我改的目标" in said_of(back, "工作目标")
    assert "您没有改这一项" in said_of(back, "人员安排") and "同事改的人员" in said_of(back, "人员安排")
    assert "30000" in said_of(back, "工作经费：每个乡镇每年多少元") and said_of(back, "运行机制") == ""
    held = form_of(back)
    assert (held["objective"], held["staffing"], held["mechanism"]) == (["我改的目标"], ["同事改的人员"], ["我改的机制"])
    assert press(clerk, step(case, "items"), page=back).status_code == 302
    kept = dict(ItemText.objects.filter(is_current=True).values_list("item", "text"))
    assert (kept["objective"], kept["staffing"], kept["mechanism"]) == ("我改的目标", "同事改的人员", "我改的机制")


def test_a_check_in_between_does_not_hide_that_the_page_is_stale(world, journey, clerk):
    case = journey()
    case.open()
    case.fill()
    mine = clerk.get(step(case, "items"))
    press(browser_of(world.people["forestry2"]), step(case, "items"), objective="同事改的目标")
    tried = press(clerk, step(case, "items"), "check", page=mine, mechanism="我改的机制")
    back = press(clerk, step(case, "items"), page=tried)
    assert back.status_code == 409 and "同事改的目标" in said_of(back, "工作目标")
    assert form_of(back)["objective"] == ["同事改的目标"] and form_of(back)["mechanism"] == ["我改的机制"]


def test_the_scope_that_somebody_changed_meanwhile(world, journey, clerk):
    case = journey()
    case.open()
    mine = clerk.get(step(case, "townships"))
    press(browser_of(world.people["forestry2"]), step(case, "townships"), townships=[world.key("liuhe")])
    back = press(clerk, step(case, "townships"), page=mine, townships=[world.key("naji")])
    assert back.status_code == 409 and form_of(back)["townships"] == [world.key("naji")]
    assert "六合镇" in said_of(back, "拟承担这件事的乡镇")


def test_an_addition_that_came_meanwhile_is_not_lost(world, journey, clerk):
    case = journey()
    case.open()
    case.fill()
    mine, naji = clerk.get(step(case, "items")), str(world.unit_id("naji"))
    press(browser_of(world.people["forestry2"]), step(case, "items"), new_township_0=naji, new_item_0="division", new_text_0="同事增补")
    back = press(clerk, step(case, "items"), page=mine, mechanism="我改的机制")
    assert back.status_code == 409 and form_of(back)[f"add_{naji}_division"] == ["同事增补"]
    press(clerk, step(case, "items"), page=back)
    assert ItemText.objects.get(addition=naji, is_current=True).text == "同事增补"


def test_a_draft_is_there_again_and_tells_what_changed_since(world, journey, clerk):
    case = journey()
    case.open()
    case.fill()
    press(clerk, step(case, "items"), "draft", objective="写了一半", mechanism="也写了一半")
    assert rows("actions.Draft").get().path == step(case, "items") and edits(case) == 1
    press(browser_of(world.people["forestry2"]), step(case, "items"), objective="同事改的目标", staffing="同事改的人员")
    page = clerk.get(step(case, "items"))
    assert "那以后这一卷有了变动" in text(page) and "同事改的目标" in said_of(page, "工作目标")
    held = form_of(page)
    assert (held["objective"], held["mechanism"], held["staffing"]) == (["写了一半"], ["也写了一半"], ["同事改的人员"])
    press(clerk, step(case, "items"), page=page)
    kept = dict(ItemText.objects.filter(is_current=True).values_list("item", "text"))
    assert (kept["objective"], kept["staffing"]) == ("写了一半", "同事改的人员") and not rows("actions.Draft").exists()


# 谁可以


def test_colleagues_write_townships_read_and_strangers_see_nothing(world, journey):
    case = journey().up_to("consulting")
    assert browser_of(world.people["forestry2"]).get(step(case, "items")).status_code == 200
    asked = browser_of(world.people["naji"]).get(step(case, "items"))
    assert asked.status_code == 403 and "不归您现在的岗位办" in text(asked) and 'name="objective"' not in text(asked)
    assert f"/cases/{case.number}/application/" in text(asked)
    for who in ("water", "outsider"):
        stranger = browser_of(world.people[who])
        for name in ("townships", "items", "check"):
            assert stranger.get(step(case, name)).status_code == 404
            assert stranger.post(step(case, name), {"objective": "外人"}).status_code in (404, 405)
    assert edits(case) == 1


def test_once_it_is_submitted_it_can_only_be_read(world, journey, clerk):
    case = journey().up_to("applied")
    page = clerk.get(step(case, "items"))
    assert page.status_code == 409 and "这一步现在不能办" in text(page) and 'name="objective"' not in text(page)
    assert clerk.get(step(case, "check")).status_code == 200 and "到这一处去补" not in text(clerk.get(step(case, "check")))
    assert clerk.get(step(case, "nowhere")).status_code == 404


def test_submitted_by_a_colleague_meanwhile_the_text_is_kept_as_a_draft(world, journey, clerk):
    case = journey().up_to("agreed")
    mine = clerk.get(step(case, "items"))
    case.submit()
    back = press(clerk, step(case, "items"), page=mine, objective="还想改", lapse_ok="on")
    assert back.status_code == 409 and form_of(back)["objective"] == ["还想改"]
    assert rows("actions.Draft").get().fields["objective"] == ["还想改"]


# 退回补正（第四条（二））


def test_what_it_was_returned_for_stands_above_with_a_link_to_each_place(world, journey, clerk):
    case = journey().up_to("applied")
    gaps = [{"item": "workflow", "text": "缺少报送时限"}, {"item": "", "text": "附上会议纪要"}]
    case.do("lead", "review.return", gaps=gaps)
    page = text(clerk.get(step(case, "items")))
    assert "退回补正：要补正这些" in page and "缺少报送时限" in page and "附上会议纪要" in page
    assert f'href="{step(case, "items")}#item-workflow"' in page and 'id="item-workflow"' in page
    for path in ("application/", "write/check/", "do/application.submit/"):
        assert "缺少报送时限" in text(clerk.get(f"/cases/{case.number}/{path}")), path
    assert "缺少报送时限" not in text(browser_of(world.people["naji"]).get(f"/cases/{case.number}/application/"))
    case.submit()
    assert "退回补正：要补正这些" not in text(clerk.get(f"/cases/{case.number}/application/"))


# 检查


def test_the_check_says_what_is_missing_once_with_the_place_to_mend_it(journey, clerk):
    case = journey()
    case.open(necessity="", declared_class="inspection")
    case.fill(items={"objective": ITEMS["objective"]}, safeguards=(), bases=())
    page = text(clerk.get(step(case, "check")))
    items = step(case, "items")
    for href in (f"{items}#f_content", f"{items}#f_sg_all_funding_needed", f"{items}#bases", f"{items}?open=declared#f_necessity"):
        assert f'href="{href}"' in page, href
    assert page.count("“权责内容”还没有填写") == 1 and "“协商意见”还没有填写" not in page
    assert "事项类别是“行政检查”" in page and "以后才有" in page
    assert f"/cases/{case.number}/do/consultation.request/" not in re.search(r'<div class="buttons">.*?</div>', page, re.DOTALL)[0]
    for anchor in ("f_content", "f_sg_all_funding_needed", "bases", "f_necessity"):
        assert f'id="{anchor}"' in text(clerk.get(items))
    assert re.search(r'id="declared" open', text(clerk.get(f"{items}?open=declared")))


def test_in_consultation_the_townships_that_stand_in_the_way_are_named(journey, clerk):
    case = journey().up_to("consulting")
    case.reply("naji")
    case.reply("liuhe", answer="disagree", reason="人手不足")
    page = text(clerk.get(step(case, "check")))
    assert "六合镇" in page and "亚东镇" in page and f'href="/cases/{case.number}/opinions/"' in page


# 两种语言, 语句数


@pytest.mark.parametrize("name", ["townships", "items", "check"])
def test_in_english_only_what_people_wrote_is_chinese(journey, clerk, name):
    case = journey().up_to("agreed")
    clerk.cookies["django_language"] = "en"
    page = text(clerk.get(step(case, name)))
    visible = re.sub(r"<textarea.*?</textarea>|<[^>]+>", " ", page, flags=re.DOTALL)
    written = [
        "林草防火宣传",
        "阿荣旗林业和草原局",
        "那吉镇",
        "六合镇",
        "亚东镇",
        "霍尔奇镇",
        "《森林防火条例》第五条",
        "国务院",
        "各乡镇均同意，经费按年拨付。",
    ]
    for words in (*written, "中文", "实施处罚", "三定"):  # what the wording hints at, and the name of a kind of document
        visible = visible.replace(words, "")
    assert re.findall(r"[\u4e00-\u9fff]+", visible) == []


def counted(client, case, name):
    client.get(step(case, name))
    with CaptureQueriesContext(connection) as seen:
        assert client.get(step(case, name)).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("townships", "cases"), [(4, 2), pytest.param(9, 5, marks=pytest.mark.long)])
def test_statements_do_not_grow_with_townships_or_cases(db, townships, cases):
    world = create_world(townships)
    Journey(world).open()  # so that there is something like it from the beginning
    small = Journey(world, townships=world.townships[:2]).up_to("agreed")
    clerk = browser_of(world.people["forestry"])
    before = {name: counted(clerk, small, name) for name in ("townships", "items", "check")}
    large = Journey(world).up_to("agreed")
    for n in range(cases):
        Journey(world).open(title=f"另一件事 {n}")
    assert {name: counted(clerk, large, name) for name in before} == before
    assert before["items"] <= 31, before
