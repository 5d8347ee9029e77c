"""1, 7: wording hints at an excluded power or at the handling of an emergency, and prevention is no emergency."""

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


def test_the_prevention_words_are_those_of_the_edition():
    assert EXCLUSIONS.wording["emergency"].unless == ("预防", "演练", "巡查", "隐患排查", "宣传", "培训")
    assert {name: wording.provision for name, wording in EXCLUSIONS.wording.items()} == {
        "penalty": "1", "licence": "1", "coercion": "1", "emergency": "7",
    }  # fmt: skip
