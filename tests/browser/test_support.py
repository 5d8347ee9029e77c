"""From promise to confirmation, and to dispute and exit, clicked through from all sides (Articles 4.4, 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.person import Person

pytestmark = pytest.mark.long
PENSION = "城乡居民基本养老保险待遇领取资格认证帮办"
DUTY = "150721-D-0004"


def test_money_is_given_confirmed_disputed_and_a_ground_for_exit(person: Callable[..., Person]) -> None:
    """人社局 pays the other six townships; 复兴镇 confirms, 兴安镇 got nothing and asks to be let go."""
    renshe = person("renshe").open("/support/").sees("保障台账", "有异议", "逾期未兑现")
    renshe.choose("合计", "按乡镇").press("查看").sees("复兴镇", "合计")
    renshe.open(f"/support/?duty={DUTY}").page.locator("table a").filter(has_text="150721-B-").first.click()
    renshe.arrived().page.locator("p.back a").click()
    renshe.arrived().sees(PENSION).follow("登记兑现").sees("给了哪些乡镇、哪几项", "复兴镇")
    renshe.fill("凭证号", "").fill("给了什么", "采集终端各一台").press("登记兑现").refused("没有写明凭证号")
    renshe.fill("凭证号", "阿财拨〔2026〕120号").press("登记兑现").sees("已办：登记兑现")

    fuxing = person("fuxing", narrow=True).open("/support/").follow("填年度确认单").sees("6,000.00 元", "没有期限")
    fuxing.press("提交确认单").sees("已办：确认保障", "已兑现并确认")

    xingan = person("xingan", scripts=False).open("/support/").follow("填年度确认单")
    money = xingan.page.locator("section.item").filter(has_text="6,000.00 元").first
    money.get_by_label("没有收到").check()
    xingan.press("提交确认单").refused("没有写明理由")
    money.get_by_label("差在哪里").fill("没有到账")
    xingan.press("提交确认单").sees("已办：确认保障", "有异议")
    xingan.open(f"/duties/{DUTY}/").sees("给了没有", "6,000.00 元").follow("申请退出", "main").sees("已经替您选好理由")
    assert xingan.page.get_by_label("保障措施没有兑现").is_checked()
    assert "有异议 6,000.00 元" in xingan.page.get_by_label("用几句话说明").input_value()
    xingan.press("立卷，进入下一步").sees("退出的理由和事实")

    lead = person("bianban").open("/support/?light=disputed").sees("兴安镇", "那吉镇")
    lead.page.locator("table a").filter(has_text="150721-B-").first.click()
    lead.arrived().follow("核定异议").sees("没有到账", "少一千元")
    for field in lead.page.get_by_label("其中实际到了多少元").all():
        field.fill("0")
    lead.fill("理由", "银行回单上没有这笔款").press("核定").sees("已办：核定异议")


def test_lead_and_departments_look_at_all_duties_once_a_year(person: Callable[..., Person]) -> None:
    """教育局 keeps all but one; the one leads to the form with the reason in it."""
    jiaoyu = person("jiaoyu").open("/yearly/").sees("本部门主管的事项", "乡镇不填报")
    first = jiaoyu.page.locator("section.item").first
    first.get_by_label("怎么样").select_option("exit")
    jiaoyu.press("提交这一页").refused("没有写明理由")
    first.get_by_label("理由").fill("登记改为网上办理")
    jiaoyu.press("提交这一页").sees("已办：年度回看", "今年的都看过了", "需要退出")
    jiaoyu.follow("填申请")
    assert jiaoyu.page.get_by_label("用几句话说明").input_value() == "登记改为网上办理"
