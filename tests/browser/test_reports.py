"""7, 8: a report to its closing, and one about the lead to its referral, by everybody concerned at a screen, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.person import Person
from tests.supervision import PDF

OURS = "每月报送危房台账"


def _of(who: Person, title: str) -> Person:
    return who.open("/reports/").follow(title)


def _on_paper(examiner: Person, body: Person, folder: Path) -> None:
    """The order drawn up, numbered and sealed; the body ordered finds it."""
    _of(examiner, OURS).follow("制发整改通知").sees("预览", "口头要求")
    examiner.fill("认定的事实", "亚东镇反映，口头要求报送台账。").press("编号并制发").refused("反映")
    examiner.fill("认定的事实", "口头要求报送台账。").press("编号并制发").sees("〔2026〕1号", "正文")
    _of(examiner, OURS).follow("附盖章件").press("整改通知附盖章件").refused("请选择盖章以后的扫描件")
    file = folder / "盖章.pdf"
    file.write_bytes(PDF)
    examiner.field("扫描件").set_input_files(str(file))
    examiner.press("整改通知附盖章件").sees("盖章件")
    _of(body, "请本单位说明的事项").sees("〔2026〕1号", "盖章件").sees_not("亚东镇")


@pytest.mark.long
def test_a_report_to_its_closing_and_one_about_the_lead_to_its_referral(person: Callable[..., Person], tmp_path: Path) -> None:
    reporter = person("yadong").open("/reports/").follow("反映线索").sees("保密链", "第七条")
    reporter.choose("被反映的单位", "阿荣旗住房和城乡建设局").fill("什么事项", OURS)
    reporter.fill("具体情况", "电话要求每月报送危房台账，年底考核。").press("提交线索").refused("没有写明是哪一种方式")
    reporter.pick("是哪一种方式", "考核验收")
    file = tmp_path / "亚东镇的通话记录.pdf"
    file.write_bytes(PDF)
    reporter.page.get_by_label("附件", exact=True).set_input_files(str(file))
    reporter.press("提交线索").sees("已收到", "考核验收", "附件 1").sees_not("通话记录")
    person("zhujian").open("/reports/").sees_not(OURS, "亚东镇")
    examiner = person("jiwei").open("/").sees("另有事项等您办理")
    _of(examiner, OURS).sees("刘春玲", "还有").follow("受理线索").press("受理").sees("已受理")
    examiner.follow("听取说明").press("请对方说明").refused("没有写明请对方说明的事实")
    examiner.fill("请对方说明的事实", "请说明按月报送台账的依据。").press("请对方说明").sees("听取说明")
    body = person("zhujian").open("/").sees("另有事项等您办理")
    _of(body, "请本单位说明的事项").sees("请说明按月报送台账的依据。").sees_not(OURS, "刘春玲", "亚东镇")
    body.follow("作出说明").fill("说明", "口头布置过。").press("提交说明").sees("已作说明")
    _of(examiner, OURS).follow("作出认定").pick("认定", "违反规定交办").pick("是哪一种方式", "考核验收")
    examiner.fill("认定的事实和依据", "未经统一部署。").fill("应当申请准入的事项", "农村危房信息核对协助").press("作出认定").sees("已认定")
    examiner.follow("责令纠正").fill("要纠正什么", "撤回口头要求。").press("责令纠正").sees("责令纠正", "还有")
    _on_paper(examiner, body, tmp_path)
    _of(body, "请本单位说明的事项").follow("报告纠正").press("报告纠正").refused("没有写明怎样纠正")
    body.fill("怎样纠正的", "已书面撤回。").fill("证明文号", "阿住建函〔2026〕3号").press("报告纠正").sees("已报纠正")
    _of(examiner, OURS).follow("核查纠正").pick("核查结果", "纠正属实").press("登记核查").sees("纠正属实")
    examiner.follow("办结线索").fill("告诉反映人的结果", "已责令撤回，并核实。").press("办结这条线索").sees("已办结")
    _of(reporter, OURS).sees("已责令撤回，并核实。", "违反规定交办").sees_not("口头布置过")
    _of(body, "请本单位说明的事项").press("打开备好的准入申请")
    assert body.field("职责名称").input_value() == "农村危房信息核对协助"
    # about the lead, on a narrow screen: for the oversight body alone
    other = person("naji", narrow=True).open("/reports/new/").choose("被反映的单位", "中共阿荣旗委员会机构编制委员会办公室")
    other.fill("什么事项", "按周报送编制使用情况").fill("具体情况", "要求每周报送，没有依据。")
    other.pick("是哪一种方式", "硬性指派").press("提交线索").sees("已收到")
    person("bianban", narrow=True).open("/reports/").sees_not("按周报送编制使用情况")
    narrow = person("jiwei", narrow=True)
    _of(narrow, "按周报送编制使用情况").follow("受理线索").press("受理").sees("已受理")
    narrow.follow("转交线索").press("转交").refused("转交还缺文号")
    narrow.fill("转给哪个机关", "呼伦贝尔市纪委监委").fill("文号", "阿纪函〔2026〕5号").fill("成文日期", "2026-11-20")
    narrow.fill("理由", "涉及牵头单位，按管辖移送。").press("转交").sees("已转交", "呼伦贝尔市纪委监委")
    _of(other, "按周报送编制使用情况").sees("已转交", "按管辖移送")
    narrow.open("/reports/chain/").sees("150721-s:").open("/reports/mandates/").sees("还没有授权")
