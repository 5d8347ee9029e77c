"""Exit and adjustment clicked through from both sides, also with a department that stays silent (4.4, 4.5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.further import SILENT
from tests.browser.leaving import Leaving
from tests.browser.person import Person

FARM = "农村土地承包经营纠纷仲裁申请就近代收转送"
SCHOOL = "幼儿园和义务教育阶段入学政策咨询与登记指导"
PENSION = "城乡居民基本养老保险待遇领取资格认证帮办"


@pytest.mark.long
def test_a_department_lets_a_duty_leave_two_lists_without_scripts(person: Callable[..., Person]) -> None:
    """人社局 asks, 那吉镇 agrees, 六合镇 does not; the city lets it leave, and every other list stays."""
    road = Leaving(lambda username: person(username, scripts=False), PENSION, initiator="renshe", duty="150721-D-0004")
    who = road.ask_for_it("renshe", "工作任务发生变化", "认证改为刷脸自助办理。")
    road.stands(who).sees("退出的理由和事实")
    who.open(f"{road.address}write/townships/").sees("从哪些乡镇的清单上退出")
    for box in who.page.locator("input[name=townships]").all():
        box.set_checked(box.get_attribute("value") in ("150721.naji", "150721.liuhe"))
    who.press("保存，下一步：申请内容")
    for label, text in {
        "在办工作怎么处理": "已经登记的帮办申请由乡镇在本月内办完。",
        "退出以后由谁承担": "由旗人社局服务大厅和自助终端承担。",
        "经费、人员、设备的清结": "本年经费据实结算，设备交回。",
    }.items():
        who.page.get_by_role("textbox", name=label).fill(text)
    road.initiator = "renshe"
    who.press("保存，下一步：检查").sees("现在能查的都合乎规定")
    who.page.locator("main").get_by_role("link", name="书面征求意见", exact=True).last.click()
    who.arrived().press("送出，征求意见").sees("已办：书面征求意见")
    naji = road.task("naji", "答复征求意见").sees("所涉事项", "记为未反馈")
    naji.pick("答复", "同意").press("提交答复").sees("已办：答复征求意见")
    liuhe = road.task("liuhe", "答复征求意见").pick("答复", "不同意")
    liuhe.fill("理由或者说明", "老人不会用手机。").press("提交答复").sees("已办：答复征求意见")
    road.conclude_and_submit()
    road.decided()
    road.notify()
    road.acknowledge("naji")
    road.at("naji").open("/lists/150721.naji/").sees_not(PENSION)
    road.at("naji").open("/lists/150721.yadong/").sees(PENSION)
    road.at("naji").open("/duties/150721-D-0004/").sees("已经结束", road.number)


@pytest.mark.long
def test_a_township_is_not_held_by_a_department_that_stays_silent(person: Callable[..., Person]) -> None:
    """亚东镇 asked 农牧局 thirty days ago. Its time has passed, and the case goes on to its end."""
    road = Leaving(person, FARM, initiator="yadong", duty=SILENT)
    who = road.at("yadong").open(f"/duties/{SILENT}/")
    who.page.locator("main dd").filter(has_text="亚东镇").get_by_role("link").first.click()
    who.arrived().sees("退出", "阿荣旗农牧局")
    road.address = who.page.url.removeprefix(who.address)
    who.open(f"{road.address}opinions/").sees("部门意见", "还没有答复")
    who.open(f"{road.address}do/consultation.conclude/").sees("时限已过，没有答复，记为未反馈")
    road.conclude_and_submit()
    road.decided()
    road.notify()
    road.at("nongmu").open(f"{road.address}opinions/").sees("未反馈，时限已过")
    road.acknowledge("nongmu")
    road.acknowledge("yadong").sees("签收")
    road.at("yadong").open("/lists/150721.yadong/").sees_not(FARM)
    road.at("yadong").open("/lists/150721.sanchahe/").sees(FARM)


@pytest.mark.long
def test_a_township_has_its_own_list_changed_and_everybody_sees_what(person: Callable[..., Person]) -> None:
    """六合镇 asks, 教育局 agrees after having seen old beside new; the new text stands on that list alone."""
    road = Leaving(lambda username: person(username, narrow=True), SCHOOL, initiator="liuhe", duty="150721-D-0006", verb="调整")
    who = road.stands(road.ask_for_it("liuhe", "工作任务发生变化", "不再上门登记。"))
    content = who.page.get_by_role("textbox", name="权责内容", exact=True)
    content.fill(f"{content.input_value()}乡镇不上门登记。")
    who.press("保存，下一步：检查")
    who.open(f"{road.address}change/").sees("拟改成", "乡镇不上门登记", "改动", "只调整")
    assert who.page.locator("ins").filter(has_text="乡镇不上门登记").count() == 1
    who.open(f"{road.address}do/consultation.request/").sees("要征求哪个部门的意见").press("送出，征求意见").sees("已办：书面征求意见")
    jiaoyu = road.task("jiaoyu", "答复征求意见").sees("拟作的调整", "乡镇不上门登记")
    jiaoyu.pick("答复", "同意").press("提交答复").sees("已办：答复征求意见")
    road.conclude_and_submit()
    road.decided()
    road.notify()
    road.acknowledge("liuhe")
    road.at("liuhe").open("/duties/150721-D-0006/").sees("乡镇不上门登记", "以前的内容")
