"""Article 7 by its wording: each form with words that show it, with what only looks like it, and with what says that it must not be."""

from __future__ import annotations

import pytest

from dutygate.law.regulation.edition import package_editions, read_edition
from dutygate.law.regulation.handing_down import HandingDown

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
TASKS = EDITION.handing_down


def forms(text: str, *names: str) -> list[str]:
    return list(dict.fromkeys(hint.wording for hint in TASKS.hints(text, names)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("与旗政府签订责任状", ["responsibility_letter"]),
        ("各乡镇书记递交承诺书", ["responsibility_letter"]),
        ("组织居民签订防火承诺书", []),
        ("商户签订安全责任书", []),
        ("将任务指标分解下达到各乡镇", ["quotas"]),
        ("每个乡镇不少于50户", ["quotas"]),
        ("下达2026年衔接资金指标", []),
        ("各乡镇补助资金不低于10万元", []),
        ("年底对各乡镇进行考核", ["assessment"]),
        ("结果纳入年度考核，排名通报", ["assessment"]),
        ("项目完工后组织竣工验收", []),
        ("各乡镇务必完成", ["forced"]),
        ("各乡镇务必做好人员撤离", []),
        ("该项工作由各乡镇负责", ["unadmitted"]),
        ("压实属地管理责任", ["unadmitted"]),
        ("该事项由上级收回，不再由乡镇承担", []),
        ("请各乡镇反馈意见", []),
        ("防火领导小组办公室印发，请各乡镇组织排查", ["in_name_of", "unadmitted"]),
        ("成立防火领导小组，请各乡镇组织排查", ["unadmitted"]),
        ("防火领导小组办公室召开座谈会", []),
        ("要求安装率达到九成", ["other"]),
        ("不得以签订“责任状”、分解下达指标、考核验收、硬性指派等方式转嫁责任", []),
        ("严禁层层签订责任状", []),
        ("不得层层加码。年底对各乡镇进行考核验收", ["assessment"]),
    ],
)
def test_a_form_and_what_only_looks_like_one(text: str, wanted: list[str]) -> None:
    assert forms(text) == wanted


def test_a_department_at_the_head_or_the_foot_hands_over_in_its_own_name() -> None:
    name = "阿荣旗水务局"
    assert forms(f"{name}\n请各乡镇组织排查", name) == ["in_name_of", "unadmitted"]
    assert forms(f"请各乡镇组织排查\n{name}", name) == ["unadmitted", "in_name_of"]
    assert forms(f"请各乡镇配合{name}组织排查", name) == ["unadmitted"], "in the middle of a line nobody signs"
    assert forms(f"{name}\n座谈会通知", name) == []


def test_each_hint_is_where_its_words_are_and_says_which_provision() -> None:
    text = "关于犬只登记的通知\n请各乡镇组织登记，签订目标责任书。"
    for hint in TASKS.hints(text):
        assert text[hint.start : hint.end] == hint.word and hint.provision == "7"


@pytest.mark.parametrize(
    ("text", "sender", "wanted"),
    [
        ("国务院办公厅关于某事的通知", "", "central"),
        ("某事\n内政办发〔2026〕3号", "", "region"),
        ("某事", "呼伦贝尔市农牧局", "city"),
        ("关于转发《内蒙古自治区某办法》的通知", "阿荣旗农牧局", ""),
        ("阿荣旗市场监督管理局关于某事的通知", "", ""),
    ],
)
def test_bodies_above_are_known_by_how_a_line_begins(text: str, sender: str, wanted: str) -> None:
    found = TASKS.level_above(text, sender)
    assert (found[0].id if found else "") == wanted


def test_an_edition_without_forms_keeps_its_digest_and_one_with_them_reads_back() -> None:
    earlier = package_editions()["arun_2023_18"]
    assert earlier.handing_down == HandingDown() and b'"forms"' not in earlier.canonical()
    assert read_edition(EDITION.canonical().decode(), "kept").digest == EDITION.digest
