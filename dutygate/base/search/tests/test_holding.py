"""STACK: the index finds the very rows that plain LIKE finds, on SQLite and on PostgreSQL, and is up to date in the same transaction."""

from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from dutygate.base.search.index import SOURCES, matching, narrowed, put, rebuild, standing_in, verify
from dutygate.base.search.models import SearchText
from dutygate.base.search.text import Text, words

pytestmark = pytest.mark.db_both
CHINESE = "森林防火巡查燃气安全隐患排镇乡，。《》（）"
LATIN = "abAB01 ＧpS'\"%_\\*?-^:()ßéİ"
ALPHABET = st.sampled_from(CHINESE + LATIN) | st.characters(exclude_categories=("Cs", "Cc"))
LINE = st.text(ALPHABET, max_size=24)
QUESTION = st.lists(st.text(ALPHABET, min_size=1, max_size=8), min_size=1, max_size=3).map(" ".join)


def like(kind: str, question: str) -> set[int]:
    """What plain LIKE says."""
    rows = SearchText.objects.filter(kind=kind)
    for word in words(question):
        rows = rows.filter(text__contains=word)
    return set(rows.values_list("id", flat=True))


def asked(kind: str, question: str, how=matching) -> set[int]:
    return set(SearchText.objects.filter(how(kind, question), kind=kind).values_list("id", flat=True))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(LINE, LINE, LINE), min_size=1, max_size=12), QUESTION, st.data())
def test_the_index_finds_what_like_finds(lines, question, data):
    whole = "".join(lines[0])
    start = data.draw(st.integers(0, max(len(whole) - 1, 0)))
    questions = [question, whole[start : start + data.draw(st.integers(1, 8))], *CHINESE[:2], "%", "_", "%_", '"', "'\""]
    try:
        with transaction.atomic():
            put("first", [Text(n, *line) for n, line in enumerate(lines, 1)])
            put("second", [Text(100 + n, *line) for n, line in enumerate(lines[:3], 1)])
            for one in questions:
                if words(one):
                    assert asked("first", one) == like("first", one) == asked("first", one, standing_in) == asked("first", one, narrowed), (
                        one
                    )
                    with patch("dutygate.base.search.index.MANY", 0):
                        assert asked("first", one, narrowed) == like("first", one), one
                    assert {n - 100 for n in asked("second", one)} == {n for n in like("first", one) if n <= 3}
            raise Undone
    except Undone:
        pass


class Undone(Exception):
    """Nothing stays."""


@pytest.mark.django_db
def test_a_word_is_not_found_where_only_its_pairs_are():
    put("duty", [Text(1, "森林防洪", content="竹林防火"), Text(2, "森林防火")])
    assert asked("duty", "森林防火") == {2}
    assert asked("duty", "林防") == {1, 2}


@pytest.mark.django_db
def test_no_word_reaches_from_the_name_into_the_content():
    put("duty", [Text(1, "森林防火", content="巡查记录")])
    assert asked("duty", "防火巡查") == asked("duty", "火巡") == set()
    assert asked("duty", "防火 巡查") == {1}


@pytest.mark.django_db
def test_a_changed_row_is_found_by_what_it_reads_now_and_no_longer_by_what_it_read():
    put("case", [Text(1, "燃气安全"), Text(2, "燃气管网")])
    put("case", [Text(1, "养老保险")])
    assert asked("case", "燃气") == {2} and asked("case", "养老") == {1}
    SearchText.objects.filter(id=2).delete()
    assert asked("case", "燃气") == asked("case", "气") == set()
    put("case", [Text(2, "养犬管理")])
    assert asked("case", "养") == {1, 2} and asked("case", "燃气") == set()


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_found():
    with pytest.raises(Undone), transaction.atomic():
        put("case", [Text(1, "燃气安全")])
        raise Undone
    assert asked("case", "燃气") == set()
    put("case", [Text(1, "养老保险")])
    assert asked("case", "养老") == {1}


@pytest.mark.django_db
def test_a_question_without_words_leaves_everything():
    assert matching("case", " 　") == standing_in("case", "") == narrowed("case", " ") == Q()


@pytest.mark.django_db
def test_one_statement_whatever_the_words(django_assert_num_queries):
    put("case", [Text(n, f"燃气安全{n}") for n in range(1, 30)])
    for question in ("气", "燃气", "燃气 安全 2"):
        with django_assert_num_queries(1):
            assert asked("case", question)


@pytest.mark.django_db
def test_a_row_and_a_thousand_are_one_statement_in_three_hundred(django_assert_num_queries):
    with django_assert_num_queries(1):
        put("case", [Text(1, "燃气安全")])
    with django_assert_num_queries(4):
        put("case", [Text(n, f"燃气安全{n}") for n in range(1000)])


@pytest.mark.django_db
def test_the_words_are_looked_up_and_not_read_for(many=2000):
    """The plan names the index of pairs; with one character there is none to name."""
    put("case", [Text(n, f"第{n}件，{chr(0x4E00 + n)}{chr(0x5E00 + n)}管理") for n in range(many)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchtext")
    rare = f"{chr(0x4E10)}{chr(0x5E10)}"
    plan = SearchText.objects.filter(kind="case", text__holds=words(rare)).explain()
    assert "search_pairs" in plan or "VIRTUAL TABLE" in plan, plan
    assert asked("case", rare) == {16}


@pytest.mark.django_db
def test_the_index_is_made_again_from_its_sources(monkeypatch):
    rows = [Text(n, f"燃气安全{n}") for n in range(1, 700)]
    monkeypatch.setattr("dutygate.base.search.index.SOURCES", {"case": lambda: rows})
    put("case", [Text(1, "别的"), Text(9999, "没有这一行")])
    assert verify()[:2] == ["case 1: reads otherwise in the index", "case 2: is not in the index"]
    assert verify()[-1] == "case 9999: is in the index, and there is no such row"
    assert rebuild() == {"case": 699}
    assert verify() == [] and asked("case", "燃气安全") == set(range(1, 700))


@pytest.mark.django_db
def test_every_kind_has_one_source():
    from dutygate.base.search.index import search_source

    for kind in SOURCES:
        with pytest.raises(ValueError, match="twice"):
            search_source(kind)(lambda: ())
