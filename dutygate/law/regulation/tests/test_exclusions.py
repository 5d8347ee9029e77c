"""1, 7: wording hints at an excluded power or at the handling of an emergency, and prevention is no emergency."""

import time

import pytest

from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

EXCLUSIONS = package_editions()["arun_2024_15"].exclusions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("对违规堆放秸秆的处以罚款", {"penalty"}),
        ("小餐饮经营许可证核发", {"licence"}),
        ("对违法建筑实施强制拆除", {"coercion"}),
        ("森林草原火灾扑救", {"emergency"}),
        ("突发地质灾害险情处置", {"emergency"}),
        ("隐患排查、险情处置", {"emergency"}),
        ("隐患排查和险情处置", {"emergency"}),
        ("开展应急处置演练", set()),
        ("应急救援知识宣传和培训", set()),
        ("森林防火巡查", set()),
        ("防汛抢险队伍培训", set()),
        ("演练应急处置", set()),
        ("高龄津贴申请材料初审", set()),
        ("", set()),
        ("农药经营许可", {"licence"}),
        ("临时占用林地批准", {"licence"}),
        ("个体工商户登记", {"licence"}),
        ("有限责任公司设立登记", {"licence"}),
        ("护士执业注册", {"licence"}),
        ("保安员资格认定", {"licence"}),
        ("客车道路运输证换发", {"licence"}),
        ("捕捞证遗失后的补办", {"licence"}),
        ("人防工程竣工验收", {"licence"}),
        ("技改项目节能审查", {"licence"}),
        ("行业协会筹备前置审查", {"licence"}),
        ("诊所名称变更", {"licence"}),
        # What is only near a licence: insurance, families, payments, the checks afterwards, advice, papers that permit nothing.
        ("城乡居民养老保险变更登记", set()),
        ("志愿者注册登记", set()),
        ("结婚登记证补领", set()),
        ("居住证受理发放", set()),
        ("食用农产品承诺达标合格证发放", set()),
        ("临时救助审批材料上报", set()),
        ("公益性岗位资格认定", set()),
        ("对未取得采伐许可证的采伐行为巡查上报", set()),
        ("采伐许可后续监管", set()),
        ("食品经营许可证帮办代办", set()),
        ("驾驶证换领咨询", set()),
        ("消防设施巡查验收", set()),
        ("诊所变更情况报告", set()),
        ("行政处罚法宣传", set()),
        # Only in the same phrase, and only so near.
        ("运输证的样式和车辆补办", set()),
        ("参保登记，企业变更登记", {"licence"}),
        ("使用国有草原从事各类经营性旅游活动的批准", set()),
    ],
)
def test_hint(text, found):
    assert {hint.wording for hint in EXCLUSIONS.hints(text)} == found


def test_a_hint_says_where_it_stands_and_what_it_rests_on():
    text = "先巡查，再查封，后紧急处置"
    hints = EXCLUSIONS.hints(text)
    assert [(hint.wording, hint.word, hint.provision) for hint in hints] == [("coercion", "查封", "1"), ("emergency", "紧急处置", "7")]
    assert all(text[hint.start : hint.end] == hint.word for hint in hints)


def test_the_longest_word_is_the_one_reported():
    assert [hint.word for hint in EXCLUSIONS.hints("责令停产停业")] == ["责令停产停业"]


def test_of_two_that_overlap_the_longer_is_reported_with_its_reason():
    (hint,) = EXCLUSIONS.hints("客车道路运输证核发")
    assert (hint.word, hint.start, hint.end) == ("运输证核发", 4, 9)
    assert hint.reason is not None and "证件" in hint.reason.zh and "paper" in hint.reason.en
    assert [hint.word for hint in EXCLUSIONS.hints("经营许可证核发")] == ["许可证", "核发"]


def test_words_that_say_it_themselves_need_no_reason():
    assert [hint.reason for hint in EXCLUSIONS.hints("查封")] == [None]


@pytest.mark.parametrize("piece", ["许可", "运输证", "使用", "采矿权，", "应急处置演练", "变更登记社会保险", "没收没收"])
def test_time_grows_with_the_length_of_the_text_and_no_faster(piece):
    def seconds(times):
        text = piece * times
        begun = time.process_time()
        EXCLUSIONS.hints(text)
        return time.process_time() - begun

    short = max(min(seconds(2_000) for _ in range(3)), 0.002)
    assert min(seconds(16_000) for _ in range(3)) < 24 * short, "eight times the text: far less than the 64 times of a square"


def test_no_form_has_words_that_it_can_never_strike_with():
    for form in EXCLUSIONS.wording["licence"].forms:
        assert not [word for word in form.words if any(other in word for other in form.not_about)]
        assert not [word for word in form.then if any(other in word for other in form.not_about)]
        assert len(set(form.words)) == len(form.words) and len(set(form.then)) == len(form.then)


def test_the_prevention_words_are_those_of_the_edition():
    assert EXCLUSIONS.wording["emergency"].unless == ("预防", "演练", "巡查", "隐患排查", "宣传", "培训")
    assert {name: wording.provision for name, wording in EXCLUSIONS.wording.items()} == {
        "penalty": "1", "licence": "1", "coercion": "1", "emergency": "7",
    }  # fmt: skip
