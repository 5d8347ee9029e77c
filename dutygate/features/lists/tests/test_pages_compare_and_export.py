"""第四条（五）: what differs between two days, and the list as a file: the same rows in the same order as the page, for the same viewer."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import docx
import pytest

from dutygate.base.actions import clock
from dutygate.base.documents import tables, typesetting
from dutygate.base.documents.sheets import sheets_of
from dutygate.features.lists.models import OPEN_MOMENT, ListEntry
from dutygate.features.lists.tests.importing import BASIC, COOPERATIVE, TAKEN_BACK, taken_in
from dutygate.features.lists.tests.test_corrections import correct
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
NAJI = "/lists/150721.naji/"
HELPING = [
    COOPERATIVE,
    ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗农牧局", "组织督查", "劝导、上报"),
    ("2", "生态环保", "森林防火宣传", "阿荣旗林业和草原局", "组织防火", "入户宣传"),
]


def lists(world: World) -> None:
    taken_in(world, [TAKEN_BACK, ("1", "民生服务", "独生子女费审核", "阿荣旗财政局", "部门直接办理")], section="taken_back")
    taken_in(world, [BASIC, ("2", "党的建设", "党员教育"), ("1", "党的建设", "=基层党建")], section="basic")
    taken_in(world, HELPING, section="cooperative")


def titles(world: World, query: str = "", who: str = "naji") -> list[str]:
    said = text(browser_of(world.people[who]).get(NAJI + query))
    return [found.strip() for found in re.findall(r'class="duty-title"><a href="[^"]+">([^<]+)</a>', said)]


def test_the_national_sections_come_in_their_order(world: World) -> None:
    lists(world)
    assert titles(world) == ["=基层党建", "党员教育", "秸秆禁烧巡查", "森林防火宣传", "独生子女费审核"]
    said = text(browser_of(world.people["naji"]).get(NAJI))
    assert "还没有导入" not in said and "组织督查" in said and "部门直接办理" in said


@pytest.mark.parametrize("query", ["", "?section=cooperative", "?q=防火", "?section=temporary"])
def test_every_file_has_the_rows_of_the_page_in_their_order(world: World, query: str) -> None:
    lists(world)
    Journey(world, "forestry", ("naji",)).up_to("done", "temporary")
    wanted, browser = titles(world, query), browser_of(world.people["naji"])
    rows = [cells for sheet in sheets_of(browser.get(f"{NAJI}export.xlsx{query}").content) for _, cells in sheet.rows]
    assert [cells[3] for cells in rows if len(cells) > 10 and cells[0].isdecimal()] == wanted
    rows = [cells for _, cells in sheets_of(browser.get(f"{NAJI}export.csv{query}").content)[0].rows][1:]
    assert [cells[3] for cells in rows] == wanted
    document = docx.Document(io.BytesIO(browser.get(f"{NAJI}export.docx{query}").content))
    assert [row.cells[3].text for table in document.tables for row in table.rows[1:]] == wanted
    answer = browser.get(f"{NAJI}export.pdf{query}")
    assert (answer.status_code == 200 and answer.content.startswith(b"%PDF")) or not set(tables.SERIF) & typesetting.families()


def test_who_may_not_read_the_list_gets_no_file(world: World) -> None:
    lists(world)
    for who in ("system_admin", "audit_admin"):
        assert browser_of(world.people[who]).get(f"{NAJI}export.csv").status_code == 404
        assert browser_of(world.people[who]).get("/lists/filing.xlsx").status_code == 404
    assert browser_of(world.people["naji"]).get(f"{NAJI}export.exe").status_code == 404


def test_the_lists_of_all_townships_for_filing(world: World) -> None:
    lists(world)
    for who in ("lead", "city"):
        found = {
            sheet.name: [cells for _, cells in sheet.rows]
            for sheet in sheets_of(browser_of(world.people[who]).get("/lists/filing.xlsx").content)
        }
        assert set(found) == {"基本履职", "配合履职", "上级收回"}, who
        assert found["配合履职"][2][:7] == ("乡镇", "序号", "类别", "事项名称", "对应上级部门", "上级部门职责", "乡镇配合职责")
        assert len(found["配合履职"]) == 3 + 2 * len(world.townships)


def test_what_differs_between_two_days_field_by_field(world: World) -> None:
    lists(world)
    later = world.today + timedelta(days=400)
    changed = [
        COOPERATIVE,
        ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗水务局", "组织督查", "劝导"),
        ("3", "生态环保", "河道巡查", "", "", ""),
    ]
    taken_in(world, changed, section="cooperative", valid_from=later.isoformat(), whole=True)
    browser = browser_of(world.people["naji"])
    said = text(browser.get(f"{NAJI}differences/?first={world.today}&second={later}"))
    rows = re.findall(r'<tr class="diff-(\w+)">.*?class="duty-title">([^<]+)<', said, re.DOTALL)
    assert rows == [("changed", "秸秆禁烧巡查"), ("added", "河道巡查"), ("removed", "森林防火宣传")]
    assert "<del>劝导、上报</del>" in said and "<ins>劝导</ins>" in said
    assert "<del>阿荣旗农牧局</del>" in said and "<ins>阿荣旗水务局</ins>" in said
    assert "后一个日期的清单上没有" in said and "增加" in said
    back = text(browser.get(f"{NAJI}differences/?first={later}&second={world.today}"))
    assert ("added", "森林防火宣传") in re.findall(r'<tr class="diff-(\w+)">.*?class="duty-title">([^<]+)<', back, re.DOTALL)
    assert "清单没有变化" in text(browser.get(f"{NAJI}differences/?first={world.today}&second={world.today}"))


def test_the_same_day_as_known_on_two_days_shows_the_corrections(world: World) -> None:
    lists(world)
    correct(world, duty="150721-D-0004", changes={"category": "应急管理"})
    now, day = clock.now(), world.today
    known = ListEntry.objects.filter(duty__code="150721-D-0004", township=world.unit_id("naji"))
    ListEntry.objects.exclude(pk__in=known.order_by("-id").values("pk")[:1]).update(recorded_from=now - timedelta(days=5))
    known.exclude(recorded_to=OPEN_MOMENT).update(recorded_to=now - timedelta(days=1))
    known.filter(recorded_to=OPEN_MOMENT).update(recorded_from=now - timedelta(days=1))
    query = f"?first={day}&first_known={day - timedelta(days=3)}&second={day}"
    said = text(browser_of(world.people["lead"]).get(f"{NAJI}differences/{query}"))
    assert "<del>生态环保</del>" in said and "<ins>应急管理</ins>" in said and said.count('class="diff-') == 1


def test_two_readings_however_long_the_list(world: World, django_assert_max_num_queries: Any) -> None:
    lists(world)
    browser = browser_of(world.people["naji"])
    with django_assert_max_num_queries(12):
        browser.get(f"{NAJI}differences/")
    with django_assert_max_num_queries(12):
        browser.get(f"{NAJI}export.csv")


def test_a_departments_page_says_what_it_leads_on_which_list(world: World) -> None:
    lists(world)
    said = text(browser_of(world.people["lead"]).get("/lists/department/150721.finance/"))
    assert "独生子女费审核" in said and "上级收回" in said
    said = text(browser_of(world.people["lead"]).get("/lists/department/150721.agriculture/"))
    assert "秸秆禁烧巡查" in said and "配合履职" in said
