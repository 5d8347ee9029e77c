"""Preamble to 11: the official wording is loaded by the office, whole or not at all, and kept with its digest."""

import subprocess
import sys

import pytest

from dutygate.law.regulation.canonical import digest_of_bytes
from dutygate.law.regulation.edition import package_editions
from dutygate.law.regulation.wording import WordingDamaged, WordingRefused, load_wording, read_wording, split, store_wording

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"]
ITEMS = "".join(f"（{numeral}）步骤。这是第四条第{numeral}项的正文。\n" for numeral in NUMERALS[:5])
ARTICLES = {numeral: f"第{numeral}条 这是第{numeral}条，\n\n跨行的正文，提到第一条。\n" for numeral in NUMERALS}
ARTICLES["四"] = f"第四条 程序\n{ITEMS}"
TEXT = f"某办公室文件\n\n关于印发的通知\n\n{EDITION.title.zh}\n\n序言的正文。\n\n{''.join(ARTICLES.values())}\n某办公室\n2024年6月5日印发\n"


def test_finds_every_provision_with_its_own_text():
    wording = read_wording(EDITION, TEXT.encode())
    assert list(wording.provisions) == list(EDITION.provisions)
    assert wording.provisions["preamble"] == "序言的正文。"
    assert wording.provisions["2"] == "这是第二条，跨行的正文，提到第一条。"
    assert wording.provisions["4"].splitlines() == ["程序", *ITEMS.splitlines()]
    assert wording.provisions["4.3"] == "步骤。这是第四条第三项的正文。"
    assert wording.provisions["11"] == "这是第十一条，跨行的正文，提到第一条。"


@pytest.mark.parametrize("numeral", NUMERALS)
def test_refuses_a_text_without_one_of_the_articles(numeral):
    with pytest.raises(WordingRefused, match=f"第{numeral}条"):
        read_wording(EDITION, TEXT.replace(ARTICLES[numeral], "").encode())


def test_refuses_a_text_that_goes_on_after_the_last_article():
    with pytest.raises(WordingRefused, match="goes on after article 11"):
        read_wording(EDITION, (TEXT + "第十二条 另一个文件。\n").encode())


def test_refuses_what_is_no_text():
    with pytest.raises(WordingRefused, match="neither UTF-8 nor GB 18030"):
        read_wording(EDITION, b"%PDF-1.7 \xff\xff\xff")


def test_items_and_preamble_that_are_not_found_are_left_out():
    text = TEXT.replace(EDITION.title.zh, "另一个标题").replace("（三）", "三、")
    assert set(EDITION.provisions) - set(split(EDITION, text)) == {"preamble", "4.3", "4.4", "4.5"}


@pytest.mark.parametrize("data", [TEXT.encode("gb18030"), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode()])
def test_other_encodings_and_line_ends_give_the_same_provisions(data):
    wording = read_wording(EDITION, data)
    assert wording.provisions == read_wording(EDITION, TEXT.encode()).provisions
    assert wording.source_digest == digest_of_bytes(data)


def test_marks_digits_and_spaces_in_headings_are_let_pass():
    text = TEXT.replace("第二条", "## 第 2 条：", 1)
    assert split(EDITION, text)["2"].startswith("这是第二条")


def test_an_edition_of_unknown_content_may_be_given_its_text():
    wording = read_wording(package_editions()["arun_2023_18"], "第一条 旧制度。".encode())
    assert wording.provisions == {}


def test_is_read_back_as_it_was_stored(tmp_path):
    wording = read_wording(EDITION, TEXT.encode())
    assert load_wording(tmp_path, EDITION.id) is None
    assert store_wording(tmp_path, wording).read_text(encoding="utf-8") == TEXT
    assert load_wording(tmp_path, EDITION.id) == wording
    about = (tmp_path / "law" / EDITION.id / "text.json").read_bytes()
    store_wording(tmp_path, wording)
    assert (tmp_path / "law" / EDITION.id / "text.json").read_bytes() == about
    assert sorted(path.name for path in (tmp_path / "law" / EDITION.id).iterdir()) == ["text.json", "text.txt"]


def test_a_change_to_the_stored_text_is_noticed(tmp_path):
    path = store_wording(tmp_path, read_wording(EDITION, TEXT.encode()))
    path.write_text(TEXT.replace("序言", "前言"), encoding="utf-8")
    with pytest.raises(WordingDamaged, match="no longer has the digest"):
        load_wording(tmp_path, EDITION.id)
    path.with_name("text.json").write_text("{}")
    with pytest.raises(WordingDamaged, match="cannot be read"):
        load_wording(tmp_path, EDITION.id)


def command(home, *args):
    return subprocess.run(
        [sys.executable, "-m", "dutygate", "law", "load-text", *map(str, args)],
        env={"DUTYGATE_HOME": str(home), "PYTHONUTF8": "1"}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def test_command_stores_the_text_and_lists_what_it_found(tmp_path):
    file = tmp_path / "official.txt"
    file.write_text(TEXT, encoding="utf-8")
    result = command(tmp_path, file)
    assert (result.returncode, result.stderr) == (0, "")
    assert "第四条（五）" in result.stdout
    assert digest_of_bytes(TEXT.encode()) in result.stdout
    assert load_wording(tmp_path, EDITION.id) == read_wording(EDITION, TEXT.encode())


def test_command_stores_nothing_when_an_article_is_missing(tmp_path):
    file = tmp_path / "official.txt"
    file.write_text(TEXT.replace(ARTICLES["七"], ""), encoding="utf-8")
    result = command(tmp_path, file, "--edition", EDITION.id)
    assert (result.returncode, result.stdout) == (1, "")
    assert "第七条" in result.stderr
    assert load_wording(tmp_path, EDITION.id) is None


def test_command_names_the_editions_when_asked_for_an_unknown_one(tmp_path):
    result = command(tmp_path, tmp_path / "x", "--edition", "arun_1999_1")
    assert result.returncode == 1
    assert "arun_2024_15" in result.stderr
