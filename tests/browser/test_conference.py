"""A meeting of the conference, whole (Article 3): called, held, concluded, its minutes finished, and the excerpt in the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.person import Person

CASE = "150721-2026-0005"


@pytest.mark.long
def test_a_meeting_from_its_calling_to_the_excerpt_in_the_case(person: Callable[..., Person]) -> None:
    """编办 calls it with the case that waits; a member reads it on a narrow screen; what it settled reaches the township."""
    lead = person("bianban").open("/meetings/").sees("等待上会的办件", CASE)
    lead.follow("召集会议或者书面审议").pick("怎么审议", "会议").press("召集").sees("没有写明哪一天开会", "第三条")
    today = lead.page.locator("time").first.get_attribute("datetime") if lead.page.locator("time").count() else "2026-11-20"
    lead.fill("会议日期", today or "2026-11-20").fill("会议地点", "旗党政综合楼四楼会议室").press("召集").sees("已办：召集联席会议", CASE)
    address = lead.page.url.removeprefix(lead.address)
    number = address.strip("/").rpartition("/")[2]

    member = person("sifa", narrow=True).open("/messages/").sees("召集联席会议")
    member.open(address).sees("已召集", "旗党政综合楼四楼会议室")
    member.open(f"{address}sheet/{CASE}/").sees("审议表", "乡镇意见", "还差什么")
    member.open(f"{address}do/minutes/", 403)

    lead.follow("登记到会情况")
    for n, field in enumerate(lead.page.get_by_label("谁参加").all()):
        field.fill(f"参会人{n + 1}")
    lead.page.get_by_label("列席单位").first.select_option(label="阿荣旗农牧局")
    lead.press("登记到会情况").sees("没有写明", "是谁参加的")
    lead.page.get_by_label("谁列席").first.fill("农牧局经办人")
    lead.press("登记到会情况").sees("已办：登记到会情况", "参会人1", "列席", "还没有登记结论")
    lead.page.get_by_role("link", name="登记结论").first.click()
    lead.arrived().pick("会议怎么定的", "同意准入").fill("议定的内容", "档案由旗住建局保管，乡镇协助核对。").press("登记议题结论")
    lead.sees("已办：登记议题结论", "档案由旗住建局保管")

    lead.follow("起草会议纪要").sees("起草的稿子")
    typed = lead.page.get_by_label("纪要正文")
    assert "档案由旗住建局保管" in typed.input_value() and CASE in typed.input_value()
    typed.fill(typed.input_value() + "\n会议还要求各成员单位按时审核。")
    lead.press("存稿，以后再改").sees("草稿：定稿以前只有牵头单位看得到")
    person("naji").open(f"/cases/{CASE}/meetings/", (200, 404)).sees_not("档案由旗住建局保管")
    lead.follow("起草会议纪要").fill("纪要编号", "联席会议纪要〔2026〕9号").press("定稿").sees(
        "纪要已经定稿", "会议还要求各成员单位按时审核"
    )
    lead.follow("打印纪要").sees("出席", "参会人1", "列席")

    member.open(f"/cases/{CASE}/meetings/").sees("同意准入", "档案由旗住建局保管", "联席会议纪要〔2026〕9号")
    member.open("/meetings/rulings/?q=档案+保管").sees("档案由旗住建局保管")
    person("bianban", narrow=True).open(f"{address}do/adopt/").sees("规定的参数从起用那天起生效")
    assert number.startswith("150721-M-")
