"""A township checks a task (Article 7): pasted or as a file; the forms are marked, the reply is issued, the check is kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.browser.person import Person

NOTICE = "阿荣旗农牧局关于做好犬只登记工作的通知\n请各乡镇组织登记，签订目标责任书，年底对各乡镇进行考核验收。"


@pytest.mark.long
def test_from_a_pasted_notice_to_the_letter(person: Callable[..., Person]) -> None:
    """Two answers; the words of the forms stand marked in the text; one click to a letter that only needs its number."""
    who = person("naji").open("/").follow("任务核对").sees("核对的内容不保存")
    who.fill("任务的标题或者来文的内容", NOTICE).press("核对").sees("不在清单上", "有不得采取的形式", "签订责任状", "考核验收")
    assert any("签订目标责任书" in marked for marked in who.page.locator("mark").all_inner_texts())
    who.press("拟复函：不在清单上，请申请准入").sees("关于“犬只登记”有关事项的复函", "第七条")
    who.press("编号并发文").sees("已办：发文", "那政函〔2026〕1号")


@pytest.mark.long
def test_a_dropped_file_on_a_narrow_screen_and_a_kept_check(person: Callable[..., Person], tmp_path: Path) -> None:
    document, into = docx.Document(), io.BytesIO()
    document.add_paragraph("关于组织城乡居民基本养老保险参保登记工作的通知")
    document.save(into)
    file = tmp_path / "通知.docx"
    file.write_bytes(into.getvalue())
    who = person("naji", narrow=True).open("/check/")
    who.page.get_by_label("或者选一个文件").set_input_files(file)
    who.press("核对").sees("组织开展城乡居民基本养老保险参保登记", "没有看出不得采取的形式")
    who.fill("备注", "照清单办").press("留存核对结果").sees("已办：留存核对结果", "照清单办")
    who.open("/check/kept/").sees("关于做好犬只登记管理工作的通知", "养老保险")
