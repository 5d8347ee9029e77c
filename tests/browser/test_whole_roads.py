"""Whole admissions clicked through by the people whose step each is, from the first page to the townships' lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.person import Person
from tests.browser.road import Road

RECEIPTS = ("caizheng", "sifa", "zhengshu")
"""Who besides department and townships is told in writing: who was asked, and every seat but the lead, which tells them."""


@pytest.mark.long
def test_the_regular_track_without_scripts(person: Callable[..., Person]) -> None:
    """常态化: eleven people, the city decides, and it stands in both lists. Nobody's browser runs a script."""
    road = Road(lambda username: person(username, scripts=False), "林草防火宣传入户（常态）")
    road.write(road.opened(road.declare()))
    road.ask()
    for township in road.townships:
        road.reply(township)
    road.conclude()
    road.accept()
    road.ask_finance()
    for seat in ("sifa", "zhengshu", "bianban"):
        road.assess(seat)
    road.conclude_review()
    road.to_banner()
    road.decide("weiban")
    road.decide("zhengban")
    road.to_city()
    road.decide("shizheng")
    road.notify()
    acknowledge_all(road)
    assert len(road.windows) >= 10
    for township, name in road.townships.items():
        road.at(township).open("/lists/").sees(name)
        road.at(township).open(f"/lists/150721.{township}/").sees(road.title)
    road.at("naji").open("/").page.get_by_role("link", name="办结").first.click()
    road.at("naji").arrived().sees(road.title)


def acknowledge_all(road: Road) -> None:
    """Whoever was told signs, whoever that is; then nothing is left to do."""
    for username in (road.initiator, *road.townships, *RECEIPTS):
        road.acknowledge(username)
    road.at("bianban").open(road.address).sees("这一卷已经结束，没有未办的事")


def test_an_application_on_a_telephone(person: Callable[..., Person]) -> None:
    """阶段性、临时性: on 390 pixels, from the first page to the desk of the lead; the law refuses once, a form once."""
    road = Road(lambda username: person(username, narrow=True), "防火期入户宣传（临时）", ends_on="2027-03-31")
    who = road.declare().choose("事项类别", "行政许可").press("立卷，进入下一步").refused("第一条")
    road.write(road.opened(who.choose("事项类别", "公共服务")))
    road.ask()
    road.task("naji", "答复征求意见").press("提交答复").refused("答复")
    for township in road.townships:
        road.reply(township)
    road.conclude()
    road.accept()
    road.at("naji").open(road.address).sees(road.title)


@pytest.mark.long
def test_the_temporary_track_on_a_telephone_everything_refused_once(person: Callable[..., Person]) -> None:
    """阶段性、临时性: on 390 pixels, and every step is first done as the law or the form does not allow it."""
    road = Road(lambda username: person(username, narrow=True), "防火期入户宣传（临时）", ends_on="2027-03-31")
    apply_with_mistakes(road)
    consult_with_mistakes(road)
    review_with_mistakes(road)
    decide_with_mistakes(road)
    acknowledge_all(road)
    for township in road.townships:
        road.at(township).open(f"/lists/150721.{township}/").sees(road.title, "2027年3月31日")


def apply_with_mistakes(road: Road) -> None:
    """立卷 to the letter."""
    who = road.declare()
    who.choose("事项类别", "行政许可").press("立卷，进入下一步").refused("第一条")
    who.choose("事项类别", "公共服务").pick("是不是突发", "是").press("立卷，进入下一步").refused("第七条")
    road.opened(who.pick("是不是突发", "不是"))
    who.press("保存，下一步：申请内容").refused("请至少选定一个乡镇")
    who.open(f"{road.address}do/consultation.request/").press("送出，征求意见").refused("工作目标", "第四条（一）")
    who.open(f"{road.address}write/townships/")
    road.write(who).fill("工作经费：每个乡镇每年多少元", "很多").press("保存，下一步：检查").refused("请写金额")
    who.fill("工作经费：每个乡镇每年多少元", "2万元")
    road.ask()


def consult_with_mistakes(road: Road) -> None:
    """Replies, conditions, the negotiated opinion, the written application."""
    naji = road.task("naji", "答复征求意见").press("提交答复").refused("答复")
    naji.pick("答复", "不同意").press("提交答复").refused("理由")
    naji.pick("答复", "附条件同意").press("提交答复").refused("条件")
    naji.fill("条件 1", "经费三月前到位").press("提交答复").sees("已办：答复征求意见")
    early = road.at(road.initiator).open(f"{road.address}do/consultation.conclude/")
    early.fill("协商意见", "都同意。").press("形成协商意见").refused("六合镇")
    who = road.task(road.initiator, "回应乡镇条件")
    who.page.get_by_role("link", name="那吉镇").last.click()
    who.arrived().press("把回应送给乡镇").refused("我们的回应")
    who.fill("我们的回应", "二月底前拨付。").press("把回应送给乡镇").sees("已办：回应乡镇条件")
    naji = road.task("naji", "确认条件").press("提交").refused("怎么了结")
    naji.pick("怎么了结", "接受回应").press("提交").sees("已办：确认条件")
    road.reply("liuhe")
    who = road.task(road.initiator, "形成协商意见").fill("协商意见", "").press("形成协商意见").refused("协商意见")
    who.fill("协商意见", "两个镇都同意。").press("形成协商意见").sees("已办：形成协商意见")
    who = road.task(road.initiator, "提交书面申请").fill("签署日期", "").press("提交给牵头单位").refused("签署日期")
    who.fill("签署日期", "2026-11-20").press("提交给牵头单位").sees("已办：提交书面申请")


def review_with_mistakes(road: Road) -> None:
    """受理 to 审核意见; who has no part in it finds no case, who has another part is told whose step it is."""
    road.at("shuiwu").open(f"{road.address}do/review.accept/", 404).sees("不对您现在的岗位开放")
    road.at("zhengshu").open(f"{road.address}do/review.accept/", 403).sees("不归您现在的岗位办")
    road.accept()
    lead = road.offer("bianban", "征求部门意见").press("发出征求意见").refused("向哪些部门征求")
    lead.tick("阿荣旗财政局").press("发出征求意见").sees("已办：征求部门意见")
    finance = road.task("caizheng", "反馈部门意见").press("反馈意见").refused("意见")
    finance.fill("意见", "无意见。").press("反馈意见").sees("已办")
    road.task("sifa", "审核").press("提交审核意见").refused("法定依据：结论")
    road.assess("sifa")
    early = road.at("bianban").open(f"{road.address}do/review.conclude/")
    early.pick("结论", "同意准入").press("形成审核意见").refused("第四条（二）")
    road.assess("zhengshu")
    road.assess("bianban")
    road.conclude_review()


def decide_with_mistakes(road: Road) -> None:
    """The banner's two bodies; on this track the city has nothing to decide."""
    road.task("bianban", "报旗委、旗政府").fill("文号", "").press("报送").refused("文号")
    road.to_banner()
    weiban = road.task("weiban", "登记决定").fill("文号", "阿党办〔2026〕90号").fill("决定日期", "2026-11-20")
    weiban.pick("决定结果", "不同意").press("登记决定").refused("理由")
    weiban.pick("决定结果", "同意").press("登记决定").sees("已办：登记决定")
    twice = road.at("weiban").open(f"{road.address}do/decision.record/")
    assert not twice.page.get_by_role("button", name="登记决定").count()
    road.decide("zhengban")
    road.task("bianban", "书面告知").fill("文号", "").press("发出书面告知").refused("文号")
    road.notify()
