"""The forms of a chapter: each is read as meant, and what is none of them is refused with its line."""

from __future__ import annotations

import pytest

from dutygate.features.manual.markup import Block, MarkupError, read, words_of
from dutygate.features.manual.rendering import Renderer

pytestmark = pytest.mark.law_only


def shown(text: str, *, whole: bool = False) -> str:
    return str(Renderer("here", whole).blocks(read(text, "x.md"))).replace("\n", "")


def test_lines_become_what_they_say() -> None:
    assert shown("## 怎么办 {#how}") == '<h2 id="how">怎么办</h2>'
    assert shown("按「提交」。") == '<p>按<span class="on-screen">「提交」</span>。</p>'
    assert shown("再**看**`一眼`") == "<p>再<strong>看</strong><code>一眼</code></p>"
    assert shown("> 注意") == '<p class="notice">注意</p>'
    assert shown("- 甲\n- 乙") == "<ul><li>甲</li><li>乙</li></ul>"


def test_what_is_indented_belongs_to_its_step_and_numbers_go_on() -> None:
    (steps,) = read("1. 甲\n\n   > 乙\n2. 丙".replace("\n\n", "\n"), "x.md")
    assert [len(item) for item in steps.items] == [2, 1]
    assert shown("1. 甲\n   > 乙\n2. 丙") == '<ol><li>甲<p class="notice">乙</p></li><li>丙</li></ol>'


def test_a_table_says_each_heading_beside_its_cell() -> None:
    assert '<td data-label="甲"><span>一</span></td>' in shown("| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |")


def test_links_lead_within_the_chapter_the_book_and_the_program() -> None:
    assert '<a href="/manual/desk/#tasks">' in shown("[看](desk#tasks)")
    assert '<a href="#tasks">' in shown("[看](#tasks)")
    assert '<a href="/lists/">' in shown("[看](/lists/)")
    assert '<a href="/help/case.withdraw/">' in shown("[看](help:case.withdraw)")


def test_on_the_page_with_everything_anchors_carry_their_chapter() -> None:
    assert shown("## 怎么办 {#how}", whole=True) == '<h3 id="here-how">怎么办</h3>'
    assert '<a href="#desk-tasks">' in shown("[看](desk#tasks)", whole=True)
    assert '<a href="#here-how">' in shown("[看](#how)", whole=True)


def test_nothing_typed_becomes_markup() -> None:
    assert shown('甲 & 乙 "丙"') == "<p>甲 &amp; 乙 &quot;丙&quot;</p>"


def test_words_inside_links_and_steps_are_found() -> None:
    found = [piece.text for piece in words_of(read("1. [「清单」](/lists/)\n   > 「待办」", "x.md")) if piece.kind == "label"]
    assert found == ["清单", "待办"]


def test_a_refusal_speaks_the_words_of_the_program() -> None:
    assert "还没有书面答复" in shown("! township_silent 4.1") and "“某乡镇”" in shown("! township_silent 4.1")


@pytest.mark.parametrize(
    "text",
    [
        "「没有收住",
        "a < b",
        "<b>粗</b>",
        "**没有收住",
        "[没有去处]",
        "## 没有锚",
        "# 不该有锚 {#x}",
        "#### 太深 {#x}",
        "1. 甲\n3. 丙",
        "2. 从二开始",
        "   缩进不属于谁",
        "| 甲 | 乙 |\n| 一 | 二 |",
        "| 甲 | 乙 |\n| --- | --- |\n| 一 |",
        "! 不是代码 4.1",
        "![没有名字]()",
        "[「甲」**乙**[丙](x)](y)",
        "〔第四条〕",
    ],
)
def test_what_is_no_form_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(MarkupError, match=r"^x\.md:\d+: "):
        read("头\n" + text, "x.md")


def test_an_empty_line_ends_nothing_but_a_paragraph() -> None:
    assert read("甲\n\n乙", "x.md") == (*read("甲", "x.md"), *read("乙", "x.md"))
    assert isinstance(read("甲", "x.md")[0], Block)
