"""相似: rare words tell what a matter is about; left out, put in, turned round they still tell it. Another word for it they do not."""

import pytest

from dutygate.base.search.index import put
from dutygate.base.search.likeness import ALIKE, Asked, shared_words
from dutygate.base.search.models import SearchText
from dutygate.base.search.text import Text

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
NAMES = (
    "春秋两季森林草原防火巡查",
    "燃气安全隐患排查",
    "食品小作坊监督管理",
    "城乡居民养老保险参保登记",
    "农村危房改造申请初审",
    "秸秆禁烧管控",
    "河湖长制落实",
    "退役军人信息采集",
    "流浪犬管理",
    "殡葬改革宣传",
    "校园周边环境整治",
    "耕地撂荒整治",
    "道路交通安全劝导",
    "特种设备安全检查",
    "农产品质量安全检测",
)
CONTENT = "乡镇每月走访用气的餐饮场所，登记软管、报警器和钢瓶的情况，发现问题报旗住建局处理，不实施处罚。"


@pytest.fixture(autouse=True)
def kept():
    put("duty", (Text(n, name) for n, name in enumerate(NAMES)))
    put("duty", [Text(100, "液化气使用场所登记", content=CONTENT)])


def alike(name: str, content: str = "", most: int = 5):
    asked = Asked(name, content)
    return asked.alike(asked.candidates(), most)


def names(name: str, content: str = "") -> list[str]:
    rows = dict(SearchText.objects.values_list("id", "text"))
    return [rows[one.id].partition("\n")[0] for one in alike(name, content)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("燃气安全隐患排查", "燃气安全隐患排查"),
        ("森林防火巡查", "春秋两季森林草原防火巡查"),  # words left out
        ("全旗城镇燃气使用安全隐患集中排查整治", "燃气安全隐患排查"),  # words put in
        ("隐患排查（燃气安全）", "燃气安全隐患排查"),  # turned round
        ("居民养老保险登记", "城乡居民养老保险参保登记"),
        ("管控秸秆禁烧", "秸秆禁烧管控"),
        ("小作坊食品监管", "食品小作坊监督管理"),
    ],
)
def test_left_out_put_in_and_turned_round_it_is_still_found(asked, found):
    assert names(asked)[0] == found


@pytest.mark.parametrize("asked", ["公共图书馆开放", "ABC", "，。", "", "管", "人工影响天气作业配合"])
def test_what_is_not_like_anything_is_said_to_be_like_nothing(asked):
    assert names(asked) == []


@pytest.mark.parametrize(("asked", "other"), [("焚烧稻草的管理", "秸秆禁烧管控"), ("无主狗收容", "流浪犬管理")])
def test_another_word_for_the_same_is_not_recognised_and_not_promised(asked, other):
    assert other not in names(asked)


def test_the_same_content_under_another_name_is_found_by_it():
    [best, *_] = alike("瓶装气用户走访", CONTENT.replace("每月", "每季度"))
    assert best.id == 100 and best.in_name == () and "登记软管、报警器和钢瓶的情况"[2:4] in "".join(best.in_content)
    assert [one.id for one in alike("瓶装气用户走访")] == []


def test_what_everybody_writes_counts_little_and_what_few_write_counts_much():
    put("duty", (Text(1000 + n, f"{chr(0x4E00 + 11 * n)}{chr(0x5E00 + 7 * n)}监督管理工作") for n in range(300)))
    put("duty", [Text(2000, "湿地候鸟栖息地保护")])
    found = names("候鸟栖息地监督管理工作")
    assert found == ["湿地候鸟栖息地保护"], "300 share 监督管理工作 with it, one 候鸟栖息地"


def test_the_same_is_more_alike_than_the_similar():
    put("duty", [Text(200, "燃气安全隐患排查整治"), Text(201, "燃气管网安全隐患排查")])
    found = alike("燃气安全隐患排查")
    assert [one.id for one in found] == [1, 200, 201]
    assert found[0].score == 1.0 and found[0].score > found[1].score > found[2].score >= ALIKE


def test_why_is_said_in_words_that_both_have():
    [best, *_] = alike("森林防火巡查")
    assert best.in_name == ("森林", "防火巡查")
    assert shared_words("森林草原防火", "草原防火与森林") == ("森林", "草原防火")
    assert shared_words("甲乙丙", "丙乙甲") == ()
    assert shared_words("一二三四，五六", "一二三四五六", least=4) == ("一二三四",)


def test_more_than_are_wanted_are_not_given():
    put("duty", (Text(300 + n, f"燃气安全隐患排查第{n}片区") for n in range(20)))
    assert len(alike("燃气安全隐患排查", most=6)) == 6


def test_two_statements_for_the_candidates_and_one_to_compare_them(django_assert_num_queries):
    with django_assert_num_queries(2):
        asked = Asked("燃气安全", CONTENT * 3)
        rows = asked.candidates()
    with django_assert_num_queries(1):
        assert asked.alike(rows, 3)
    with django_assert_num_queries(0):
        assert Asked("，").candidates() == []


def test_only_what_is_visible_is_compared():
    asked = Asked("燃气安全隐患排查")
    assert 1 in asked.candidates()
    assert [one.id for one in asked.alike([row for row in asked.candidates() if row != 1], 5) if one.id == 1] == []
