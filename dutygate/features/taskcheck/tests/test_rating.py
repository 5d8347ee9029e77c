"""第七条: the right entry is among the first three, for names with words left out, in another order, or in the middle of a notice."""

from __future__ import annotations

import pytest

from dutygate.features.taskcheck.rating import VARIANTS, in_text, in_title, left_out, rate, turned

NAMES = (
    *(
        "森林草原防灭火宣传教育",
        "秸秆禁烧巡查",
        "城乡居民基本养老保险参保登记",
        "城乡居民基本医疗保险参保缴费宣传",
        "高标准农田建设项目管护",
    ),
    *(
        "农村危房改造对象初审",
        "食品安全宣传和信息报送",
        "河湖日常巡查",
        "退役军人优待证申领受理",
        "残疾人两项补贴申请受理",
        "村庄清洁行动组织",
    ),
    *("动物防疫强制免疫组织", "耕地撂荒情况摸排", "农产品质量安全协管", "道路交通安全劝导", "地质灾害隐患点巡查", "燃气安全隐患排查"),
    *("养老服务机构安全巡查", "未成年人保护宣传", "矛盾纠纷排查调解", "社区矫正对象帮教", "文物保护巡查", "农家书屋管理", "殡葬改革宣传"),
    *("就业困难人员认定初审", "劳动争议调解", "小额信贷贴息申请受理", "计划生育家庭奖励扶助资格初审", "传染病防控宣传", "爱国卫生运动组织"),
)


@pytest.mark.django_db
@pytest.mark.once
def test_every_variant_of_a_name_finds_it() -> None:
    found = rate(NAMES)
    assert list(found) == list(VARIANTS)
    for variant, one in found.items():
        assert one.asked == len(NAMES)
        assert one.percent >= 93, f"{variant}: {one.percent}, missed {one.missed}"
    for variant in ("as it is", "in a notice's title", "in a notice's text"):
        assert found[variant].percent == 100, found[variant].missed


@pytest.mark.law_only
def test_the_same_name_is_changed_in_the_same_way_and_another_seed_changes_it_otherwise() -> None:
    name = "城乡居民基本养老保险参保登记"
    assert left_out(name, 7) == left_out(name, 7) and len(left_out(name, 7)) == len(name) - 2
    assert sorted(turned(name, 7)) == sorted(name) and turned(name, 7) != name
    assert len({left_out(name, seed) for seed in range(8)}) > 1
    assert name in in_title(name) and name in in_text(name) and not in_text(name).startswith(name)
