"""What happens to people at a screen: only a keyboard, two at once, the session over, somebody else's turn, a small paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.checks import axe
from tests.browser.person import Person

CONSULTING = "150721-2026-0012"
"""Townships owe their replies to it, one asked by paper."""


def keys_to(who: Person, name: str, most: int = 90) -> Person:
    """Tab until the focus is on what has this name."""
    script = """() => { const e = document.activeElement; const label = e.labels && e.labels[0];
      return [(e.getAttribute("aria-label") || e.textContent || "").trim(), label ? label.textContent.trim() : ""]; }"""
    for _ in range(most):
        who.page.keyboard.press("Tab")
        said = who.page.evaluate(script)
        if any(re.match(re.escape(name), one) for one in said):
            return who
    raise AssertionError(f"no way to {name!r} with the keyboard on {who.page.url}")


def enter(who: Person) -> Person:
    """Enter, on a link or a button."""
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    return who.arrived()


def test_a_township_replies_by_keyboard_alone(person: Callable[..., Person]) -> None:
    """From the log-in to the log-out, with Tab, Enter, arrows and letters."""
    who = person().open("/login/")
    keys_to(who, "跳到正文", 1)
    assert who.page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index] # seen while it has the focus
    keys_to(who, "用户名")
    who.page.keyboard.type("sanchahe")
    keys_to(who, "口令")
    who.page.keyboard.type("Yanshi-sanchahe-2026")
    enter(who).sees("工作台")
    enter(keys_to(who, "答复征求意见")).sees("再选一个答复")
    keys_to(who, "已经看过，直接去答复")
    who.page.keyboard.press("Enter")
    keys_to(who, "同意", 3)
    who.page.keyboard.press("ArrowDown")
    keys_to(who, "条件 1")
    who.page.keyboard.type("每年培训两次")
    enter(keys_to(who, "提交答复")).sees("已办：答复征求意见", "每年培训两次")
    enter(keys_to(who, "退出")).sees("登录")


def test_two_on_one_case_and_nothing_is_lost(person: Callable[..., Person]) -> None:
    """While a township writes its reply the department changes the text: the township is told what changed, and keeps its words."""
    township, department = person("chabaqi"), person("yibao")
    township.open(f"/cases/{CONSULTING}/do/consultation.reply/").pick("答复", "不同意").fill("理由或者说明", "人手不够，等编制批了再说")
    department.open(f"/cases/{CONSULTING}/write/items/")
    department.page.get_by_role("textbox", name="人员安排", exact=True).fill("每个乡镇由医保局派驻一人。")
    department.press("只保存，留在这一页").refused("那吉镇", "会失效").tick("知道答复会失效")
    department.press("只保存，留在这一页").sees("已办：编写申请")
    township.press("提交答复").refused("这一卷有了变动", "编写申请")
    township.sees("每个乡镇由医保局派驻一人")
    assert township.field("理由或者说明").input_value() == "人手不够，等编制批了再说"
    township.press("提交答复").sees("已办：答复征求意见", "人手不够，等编制批了再说")


def test_the_session_is_over_in_the_middle_of_a_form(person: Callable[..., Person]) -> None:
    """After the log-in the text is there, and is sent."""
    who = person("deliqier").open(f"/cases/{CONSULTING}/do/consultation.reply/")
    who.pick("答复", "不同意").fill("理由或者说明", "写到一半，去接了个电话")
    who.context.clear_cookies(name="sessionid")
    who.press("提交答复").sees("登录已过期", "没有丢")
    who.log_in()
    assert who.page.url.endswith("/do/consultation.reply/")
    assert who.field("理由或者说明").input_value() == "写到一半，去接了个电话"
    who.press("提交答复").sees("已办：答复征求意见", "写到一半，去接了个电话")


@pytest.mark.long
def test_somebody_else_at_the_same_screen_does_not_get_the_text(person: Callable[..., Person]) -> None:
    who = person("yinhe").open(f"/cases/{CONSULTING}/do/consultation.reply/")
    who.pick("答复", "不同意").fill("理由或者说明", "这是音河乡自己的话")
    who.context.clear_cookies(name="sessionid")
    who.press("提交答复").sees("登录已过期")
    who.log_in("naji").sees_not("这是音河乡自己的话")
    who.open(f"/cases/{CONSULTING}/do/consultation.reply/", (200, 403, 404, 409)).sees_not("这是音河乡自己的话")
    assert "这是音河乡自己的话" not in who.page.content()


def test_the_rules_answer_while_one_writes_and_the_draft_is_kept(person: Callable[..., Person]) -> None:
    """新建: the wording and the declaration are told before anything is sent; leaving the page loses nothing."""
    who = person("shuiwu").open("/cases/new/")
    who.fill("职责名称", "核发取水许可证")
    who.page.locator(".live").get_by_text("用语提示").wait_for()
    who.pick("类别", "常态化").choose("事项类别", "行政许可").pick("是不是突发", "不是").pick("委托还是交由", "交由")
    who.page.locator(".live").get_by_text("这是行政权力事项").first.wait_for()
    who.check()
    who.page.locator(".draft-state").get_by_text("草稿").wait_for()
    who.open("/desk/drafts/").sees("核发取水许可证")
    who.page.get_by_role("link", name=re.compile("核发取水许可证")).first.click()
    assert who.arrived().field("职责名称").input_value() == "核发取水许可证"
    who.sees("上次填到这里").press("不要了，重新填")
    assert who.field("职责名称").input_value() == ""


@pytest.mark.long
def test_what_was_sent_can_be_taken_back(person: Callable[..., Person]) -> None:
    """撤回 while nobody has taken it up, and sent again."""
    who = person("jiaoyu").open("/cases/150721-2026-0010/do/application.take_back/")
    who.page.locator("main form button.btn-primary").click()
    who.arrived().sees("已办：撤回申请")
    who.open("/cases/150721-2026-0010/do/application.submit/").press("提交给牵头单位").sees("已办：提交书面申请")


@pytest.mark.long
def test_large_text_and_high_contrast_stay_and_break_nothing(person: Callable[..., Person]) -> None:
    who = person("naji", narrow=True).open("/")
    plain = float(who.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
    who.press("大字").press("高对比度")
    for path in ("/", "/cases/", f"/cases/{CONSULTING}/", f"/cases/{CONSULTING}/opinions/", "/lists/", "/help/"):
        who.open(path)
        assert float(who.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 1.15 * plain
        assert who.page.locator("[aria-pressed=true]").count() == 2
    who.press("大字").press("高对比度")
    assert float(who.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) == plain


@pytest.mark.long
def test_on_a_telephone_the_places_open_at_a_touch_and_by_key_also_without_scripts(person: Callable[..., Person]) -> None:
    who = person("naji", narrow=True, scripts=False).open("/")
    lists = who.page.locator("nav.places").get_by_text("清单", exact=True)
    assert not lists.is_visible()
    who.go("清单").sees("那吉镇")
    box = who.page.get_by_label("菜单")
    assert not box.is_checked() and not lists.is_visible(), "on the next page the text comes first again"
    box.press("Space")
    assert lists.is_visible()
    other = person("naji", narrow=True).open("/")
    other.page.get_by_text("菜单").click()
    assert axe(other.page) == [], "nor is anything wrong with the open menu"


@pytest.mark.long
def test_the_review_sheet_is_one_page_of_paper(person: Callable[..., Person]) -> None:
    """A4, without what belongs to the screen."""
    who = person("bianban").open("/cases/150721-2026-0007/review/sheet/")
    who.page.emulate_media(media="print")
    assert not who.page.locator("header.top, footer.bottom").filter(visible=True).count()
    paper = who.page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


@pytest.mark.long
def test_english_is_a_switch(person: Callable[..., Person]) -> None:
    who = person("bianban").open("/cases/")
    who.press("English")
    assert who.page.evaluate("document.documentElement.lang") == "en"
    who.sees("Cases").open("/").sees("To do")
    who.press("中文")
    assert who.page.evaluate("document.documentElement.lang") == "zh-Hans"
