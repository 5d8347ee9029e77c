"""Articles 1, 4.1: one law under two spellings is one basis; two different ones never are."""

from __future__ import annotations

import pytest

from dutygate.features.bases.recognition import (
    BasisKey,
    article_key,
    basis_key,
    covers,
    meeting,
    number_key,
    places_of,
    same_text,
    title_key,
)

pytestmark = pytest.mark.law_only


@pytest.mark.parametrize(
    "spelling",
    [
        "中华人民共和国防沙治沙法",
        "《中华人民共和国防沙治沙法》",
        "防沙治沙法",
        "《防沙治沙法》",
        " 中华人民共和国 防沙治沙法 ",
        "〈防沙治沙法〉",
        "《中华人民共和国防沙治沙法》（2018修正）",
        "中华人民共和国防沙治沙法（2018年修正）",
        "中华人民共和国防沙治沙法(2018年修订本)",
        "防沙治沙法（第二次修正）",
        "防沙治沙法（2018）",
        "中华人民共和国防沙治沙法(2018年10月26日修正)",
        "《中华人民共和国防沙治沙法》（中华人民共和国主席令第55号）",
        "《中华人民共和国防沙治沙法》第十条",
        "防沙治沙法第十条第二款",
        "《中华人民共和国防沙治沙法》（2001年8月31日主席令第五十五号公布）第三条",
    ],
)
def test_spellings_of_one_title_have_one_key(spelling):
    assert title_key(spelling) == title_key("中华人民共和国防沙治沙法") == "防沙治沙法"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("草原法", "草原防火条例"),
        ("内蒙古自治区草原条例", "草原条例"),
        ("森林法", "森林法实施条例"),
        ("关于做好春耕工作的通知", "关于做好秋收工作的通知"),
        ("阿荣旗人民政府办公室（三定）规定", "阿荣旗人民政府办公室规定"),
        ("2023年工作要点", "2024年工作要点"),
        ("工作要点（2023）", "工作要点（2024）"),
        ("养蜂管理办法", "养蜂管理办法（试行）"),
        ("殡葬管理条例", "殡葬管理办法"),
        ("关于印发《村级事项清单》的通知", "关于废止《村级事项清单》的通知"),
    ],
)
def test_different_titles_stay_different(one, other):
    assert title_key(one) != title_key(other)


def test_a_title_that_is_only_the_state_keeps_something():
    assert title_key("中华人民共和国") == "中华人民共和国"
    assert title_key("ＡＢＣ通知") == title_key("abc通知")


@pytest.mark.parametrize("spelling", ["第三十六条", "第36条", "第３６条", "三十六", "36", "第三六条", " 第三十六 条 "])
def test_spellings_of_one_article_have_one_key(spelling):
    assert article_key(spelling) == "36条"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("第三十六条第二款", "36条2款"),
        ("第三十六条第（二）项", "36条2项"),
        ("第四条（一）", "4条1项"),
        ("第五条、第十条", "5条、10条"),
        ("第十条，第五条", "5条、10条"),
        ("第三十六条第一款、第三款", "36条1款、36条3款"),
        ("第五条至第七条", "5条、6条、7条"),
        ("第二章第十条", "2章10条"),
        ("第五条等", "5条等"),
        ("第十条", "10条"),
        ("第一百零五条", "105条"),
        ("第二千条", "2000条"),
        ("第二十条之一", "20条之一"),
        ("", ""),
        ("总则", "总则"),
        ("፩", "፩"),
    ],
)
def test_articles(spelling, key):
    assert article_key(spelling) == key


def test_document_numbers_are_compared_without_their_brackets():
    assert number_key("阿政发〔2024〕15号") == number_key("阿政发[2024]15号") == number_key("阿政发（2024）15 号")
    assert number_key("阿政发〔2024〕15号") != number_key("阿政发〔2024〕16号")


@pytest.mark.parametrize(
    "spelling", ["国务院令第541号", "中华人民共和国国务院令第541号", "国务院第541号令", "国务院令 541 号", "国务院令第五百四十一号"]
)
def test_orders_are_numbered_in_several_ways(spelling):
    assert number_key(spelling) == "国务院令541号" != number_key("国务院令第542号")


def test_year_and_number_do_not_run_together():
    assert number_key("内党办发〔2019〕22号") == number_key("内党办发[2019]第22号") == number_key("内党办发2019年22号")
    assert number_key("阿政发〔2024〕15号") != number_key("阿政发〔2024〕1号") != number_key("阿政发〔2021〕51号")


def test_what_is_written_into_the_title_counts_where_its_own_field_is_empty():
    assert basis_key("《森林防火条例》（国务院令第541号）第五条") == BasisKey("森林防火条例", "国务院令541号", "5条")
    assert basis_key("森林防火条例", "国务院令第541号", "第五条") == BasisKey("森林防火条例", "国务院令541号", "5条")
    assert basis_key("《森林防火条例》第五条", "", "第十条").article == "10条"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("森林防火条例", "国务院令第541号"), ("《森林防火条例》（2008修订）", "")),
        (("关于印发《阿荣旗乡镇职责准入管理办法（试行）》的通知", "阿党办发〔2024〕15号"), ("阿荣旗乡镇职责准入管理办法（试行）", "")),
        (
            ("阿荣旗委办公室 旗人民政府办公室关于印发《阿荣旗乡镇职责准入管理办法（试行）》的通知", "阿党办发〔2024〕15号"),
            ("乡镇职责准入管理办法（试行）", "阿党办发[2024]15号"),
        ),
        (("内蒙古自治区实施《中华人民共和国土地管理法》办法", ""), ("内蒙古自治区实施土地管理法办法", "")),
        (("阿荣旗林业和草原局职能配置、内设机构和人员编制规定", ""), ("阿荣旗林业和草原局“三定”规定", "")),
        (("《“中华人民共和国社会保障卡”管理办法》", "人社部发〔2011〕47号"), ("社会保障卡管理办法（人社部发[2011]47号）", "")),
        (("农村土地承包经营纠纷调解仲裁法", ""), ("中华人民共和国农村土地承包经营纠纷调解仲裁法", "")),
    ],
)
def test_one_text_however_it_is_written(one, other):
    assert same_text(basis_key(*one), basis_key(*other)) and same_text(basis_key(*other), basis_key(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("关于做好有关工作的通知", "阿政发〔2024〕1号"), ("关于做好有关工作的通知", "阿政发〔2024〕2号")),
        (("森林防火条例", "国务院令第541号"), ("草原防火条例", "国务院令第541号")),
        (("森林防火条例", ""), ("内蒙古自治区森林防火条例", "")),
        (("义务教育法", ""), ("教育法", "")),
        (("消费者权益保护法", ""), ("消费者权益保护法实施条例", "")),
    ],
)
def test_two_texts_however_alike(one, other):
    assert not same_text(basis_key(*one), basis_key(*other))


def test_a_place_that_is_no_number_is_no_place():
    assert places_of("总则") == places_of("附件2") == places_of("") == ()
    assert len(places_of("第一条至第九千条")) < 100


@pytest.mark.parametrize(
    ("cited", "changed", "how"),
    [
        ("第五条", "第五条", "certain"),
        ("第5条", "第五条", "certain"),
        ("第五条第二款", "第五条", "certain"),
        ("第五条", "第五条第二款", "certain"),
        ("第五条第一款", "第五条第二款", ""),
        ("第五条、第十条", "第十条", "certain"),
        ("第二章第十条", "第十条", "certain"),
        ("第五十条", "第五条", ""),
        ("第五条", "第五条之一", ""),
        ("第二章", "第十条", "possible"),
        ("", "第五条", "possible"),
        ("总则", "第五条", "possible"),
        ("第五条等", "第五条", "possible"),
        ("总则", "总则", "certain"),
        ("第五条", "", "certain"),
        ("", "", "certain"),
    ],
)
def test_what_a_change_of_an_article_touches(cited, changed, how):
    assert meeting(cited, changed) == how


@pytest.mark.parametrize(
    ("changed", "cited", "gone"),
    [
        ("第五条", "第五条第二款", True),
        ("第五条第二款", "第五条", False),
        ("第五条", "第五条、第十条", True),
        ("第五条", "", False),
        ("第五条", "第六条", False),
        ("", "第六条", True),
        ("", "", True),
        ("总则", "总则", True),
    ],
)
def test_what_ends_with_an_article(changed, cited, gone):
    assert covers(changed, cited) is gone
