"""第四条（五）: a file on the pages: brought, mapped, shown row by row, entered; by the seats that keep the lists, and nobody else."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dutygate.base.documents.sheets import sheets_of
from dutygate.features.lists.importing import drafts
from dutygate.features.lists.models import Duty, ImportDraft, ImportLine, ListEntry
from dutygate.features.lists.tests.importing import COOPERATIVE, as_csv, as_xlsx
from tests.pages.signed_in import browser_of, text
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ROWS = [
    COOPERATIVE,
    ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗农牧局", "组织督查", "劝导、上报"),
    ("2", "生态环保", "=1+1", "阿荣旗林业和草原局", "组织防火", "入户宣传"),
    ("3", "生态环保", "", "", "", ""),
]


def bring(browser: Any, data: bytes, name: str = "清单.csv") -> Any:
    return browser.post("/lists/imports/", {"table": SimpleUploadedFile(name, data)})


def plan(world: World, **more: Any) -> dict[str, Any]:
    columns = {f"column_{name}": str(i) for i, name in enumerate(
        ("ordinal", "category", "title", "upper_department", "upper_duties", "township_duties"))}  # fmt: skip
    given = {"_intent": "read", "purpose": "baseline", "section": "cooperative", "sheet": "", "heading": "1", "level": "region",
             "document_number": "内党办发〔2025〕1号", "valid_from": world.today.isoformat()}  # fmt: skip
    return {**given, **columns, "townships": [world.key(name) for name in world.townships], **more}


def test_from_the_file_to_the_list(world: World) -> None:
    browser = browser_of(world.people["lead"])
    assert "还没有上传过表格" in text(browser.get("/lists/imports/"))
    where = bring(browser, as_csv(ROWS))["Location"]
    said = text(browser.get(where))
    assert "怎么读这个表格" in said and re.search(r'<option value="2" selected>C 事项名称</option>', said)
    assert browser.post(where, plan(world))["Location"] == where
    said = text(browser.get(where))
    assert "读好了，等您确认" in said and "没有事项名称。" in said and "秸秆禁烧巡查" in said
    assert not Duty.objects.exists()
    refused = browser.post(where, {"_intent": "enter"}, follow=True)
    assert "这些行有错，没有选为不导入：4" in text(refused) and not Duty.objects.exists()
    done = browser.post(where, {"_intent": "enter", "wrong": "on"}, follow=True)
    assert "已导入" in text(done) and Duty.objects.count() == 2 and ListEntry.objects.count() == 6
    listed = text(browser_of(world.people["naji"]).get("/lists/150721.naji/"))
    assert "秸秆禁烧巡查" in listed and "组织督查" in listed and "=1+1" in listed and "生态环保" in listed


def test_an_unfinished_mapping_is_told_at_its_field(world: World) -> None:
    browser = browser_of(world.people["lead"])
    where = bring(browser, as_csv(ROWS))["Location"]
    answer = browser.post(where, plan(world, townships=[]))
    assert answer.status_code == 422 and "没有选定乡镇，也没有写乡镇的列" in text(answer)
    answer = browser.post(where, plan(world, column_category="2"))
    assert answer.status_code == 422 and "同一列指定了两次" in text(answer)
    assert ImportDraft.objects.get().state == "mapping"


def test_a_national_list_without_its_document_is_refused_with_the_article(world: World) -> None:
    browser = browser_of(world.people["lead"])
    where = bring(browser, as_csv(ROWS))["Location"]
    browser.post(where, plan(world, document_number=""))
    said = text(browser.post(where, {"_intent": "enter", "wrong": "on"}, follow=True))
    assert "三张清单的事项依文件确定，还没有写明文号" in said and 'href="/law/4.5/"' in said
    assert not Duty.objects.exists()


@pytest.mark.parametrize("who", ["forestry", "naji", "legal", "city", "committee", "system_admin"])
def test_who_keeps_no_list_brings_no_file(world: World, who: str) -> None:
    lead = browser_of(world.people["lead"])
    where = bring(lead, as_csv(ROWS))["Location"]
    lead.post(where, plan(world))
    browser = browser_of(world.people[who])
    for path in ("/lists/imports/", where, f"{where}now/", f"{where}report.csv", "/lists/publish/", "/lists/by-law/"):
        assert browser.get(path).status_code in (403, 404), path
    assert bring(browser, as_csv(ROWS)).status_code in (403, 404)
    assert browser.post(where, {"_intent": "enter", "wrong": "on"}).status_code in (403, 404)
    assert ImportDraft.objects.count() == 1 and not Duty.objects.exists()


def test_the_other_seat_does_not_see_the_leads_files(world: World) -> None:
    where = bring(browser_of(world.people["lead"]), as_csv(ROWS))["Location"]
    services = browser_of(world.people["services"])
    assert services.get("/lists/imports/").status_code == 200
    assert services.get(where).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 x", "不是 PDF、图片、文字文档或者表格"),
        (b"PK\x03\x04 broken", "文件已损坏，打不开"),
        (bytes(range(256)) * 40, "不是 PDF、图片、文字文档或者表格"),
    ],
)
def test_what_is_no_table_is_not_taken(world: World, data: bytes, said: str) -> None:
    answer = bring(browser_of(world.people["lead"]), data, "清单.xlsx")
    assert answer.status_code == 422 and (said in text(answer) or "提交的是空文件" in text(answer)), text(answer)
    assert not ImportDraft.objects.exists()


def test_the_report_says_every_row(world: World) -> None:
    browser = browser_of(world.people["lead"])
    where = bring(browser, as_xlsx({"配合": [*ROWS]}), "清单.xlsx")["Location"]
    browser.post(where, plan(world, sheet="配合"))
    for kind in ("csv", "xlsx"):
        rows = [cells for _, cells in sheets_of(browser.get(f"{where}report.{kind}").content)[0].rows]
        found = {cells[0]: cells for cells in rows if cells[0].isdecimal()}
        assert [found[n][1] for n in ("2", "3", "4")] == ["新增", "新增", "有错"], kind
        assert found["4"][5] == "职责名称：没有事项名称。"


def test_a_long_file_is_left_to_the_worker_and_the_page_says_how_far_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "SMALL", 1)
    browser = browser_of(world.people["lead"])
    where = bring(browser, as_csv(ROWS))["Location"]
    browser.post(where, plan(world))
    said = text(browser.get(where))
    assert "排队等着读" in said and 'data-hx-trigger="every 2s"' in said
    assert "HX-Refresh" not in browser.get(f"{where}now/")
    assert drafts.see_through(drafts.take_next() or 0)
    assert browser.get(f"{where}now/")["HX-Refresh"] == "true"
    browser.post(where, {"_intent": "enter", "wrong": "on"})
    assert "排队等着导入" in text(browser.get(where)) and not Duty.objects.exists()
    assert drafts.see_through(drafts.take_next() or 0)
    assert "已导入" in text(browser.get(where)) and Duty.objects.count() == 2
    assert drafts.take_next() is None


def test_the_preview_takes_the_same_queries_however_long(world: World, django_assert_max_num_queries: Any) -> None:
    browser = browser_of(world.people["lead"])
    many = [COOPERATIVE, *((str(n), "生态环保", f"第{n}件事{n * 7919}", "", "", "") for n in range(1, 300))]
    where = bring(browser, as_csv(many))["Location"]
    browser.post(where, plan(world))
    assert ImportLine.objects.count() == 299
    with django_assert_max_num_queries(30):
        browser.get(where)


def test_a_file_named_otherwise_is_what_it_is(world: World) -> None:
    browser = browser_of(world.people["lead"])
    bring(browser, as_xlsx({"a": ROWS}), "x.csv")
    bring(browser, as_csv(ROWS, "gb18030"), "y.xlsx")
    assert sorted(ImportDraft.objects.values_list("name", flat=True)) == ["x.xlsx", "y.csv"]
    assert [cells for _, cells in sheets_of(io.BytesIO(as_csv(ROWS, "gb18030")).read())[0].rows][1][2] == "秸秆禁烧巡查"
