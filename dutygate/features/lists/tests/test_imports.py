"""第四条（五）: a file becomes the baseline of the lists in one action: what is wrong is said row by row, and changes nothing."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutygate.base.actions import clock
from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotDone, Refused
from dutygate.base.documents.storage import path_of
from dutygate.base.documents.tables import as_file
from dutygate.features.lists.documents import filing_paper
from dutygate.features.lists.importing import drafts, preparing
from dutygate.features.lists.importing.rows import matter_key
from dutygate.features.lists.models import Duty, DutyRevision, ImportLine, ListEntry, ListImport
from dutygate.features.lists.queries import duties_of_township, public_overlaps
from dutygate.features.lists.queries.kept import rows_to_file
from dutygate.features.lists.tests.importing import BASELINE, BASIC, COOPERATIVE, as_csv, as_xlsx, brought, entered, taken_in
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

HELPING = [
    COOPERATIVE,
    ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗农牧局", "组织督查", "劝导、上报"),
    ("2", "生态环保", "森林草原防火宣传", "阿荣旗林业和草原局、阿荣旗财政局", "组织防火", "入户宣传"),
    ("3", "平安法治", "矛盾纠纷排查", "市级部门", "指导", "排查上报"),
]


def _rows() -> tuple[int, int, int]:
    return Duty.objects.count(), DutyRevision.objects.count(), ListEntry.objects.count()


def test_seven_planted_errors_are_exactly_those_seven_and_change_nothing(world: World) -> None:
    rows = [
        (*COOPERATIVE, "乡镇"),
        ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗农牧局", "组织督查", "劝导、上报", "那吉镇、六合镇"),
        ("2", "生态环保", "", "阿荣旗农牧局", "组织督查", "劝导", "那吉镇"),  # no title
        ("三", "平安法治", "治安联防宣传", "", "", "", "那吉镇"),  # no number
        ("4", "平安法治", "人民调解", "", "", "", "那吉镇、月亮镇"),  # a township that does not exist
        ("5", "生态环保", "秸秆禁烧　巡查", "阿荣旗农牧局", "组织督查", "劝导、上报", "六合镇"),  # the same again
        ("6", "城乡建设", "垃" * 201, "", "", "", "那吉镇"),  # too long
        ("7", "城乡建设", "村庄清洁", "", "#REF!", "", "那吉镇"),  # an error of the spreadsheet
        ("8", "城乡建设", "农房巡查", "", "", "", ""),  # no township
        ("9", "民生服务", "高龄津贴初核", "", "", "", "全部乡镇"),
    ]
    draft = brought(world.people["lead"], as_csv(rows), valid_from=world.today.isoformat())
    wrong = ImportLine.objects.filter(draft=draft, state="wrong").order_by("number")
    assert [(line.number, [fault[0] for fault in line.faults]) for line in wrong] == [
        (3, ["no_title"]),
        (4, ["no_number"]),
        (5, ["unknown_township"]),
        (6, ["twice"]),
        (7, ["too_long"]),
        (8, ["error_value"]),
        (9, ["no_township"]),
    ]
    assert draft.summary["counts"] == {"new": 2, "changed": 0, "same": 0, "wrong": 7, "ended": 0, "duties": 2, "cells": 2 + 4}
    assert _rows() == (0, 0, 0)
    entered(draft)
    assert draft.state == "ready" and draft.problem[0]["fields"][0][0] == "left_out", "nothing is left out unless the person says so"
    assert _rows() == (0, 0, 0) and not ListImport.objects.exists()
    entered(draft, range(3, 10))
    assert draft.state == "done" and _rows() == (2, 2, 6)


def test_one_entry_for_the_whole_file_and_a_replay_does_it_again(world: World) -> None:
    draft = taken_in(world, HELPING, section="cooperative")
    assert Duty.objects.count() == 3 and ListEntry.objects.count() == 9
    first = Duty.objects.get(title="森林草原防火宣传")
    assert (first.origin, first.lead_unit_id, first.co_leads) == ("baseline", world.unit_id("forestry"), [world.key("finance")])
    revision = first.revisions.get()
    assert (revision.category, revision.level, revision.document_number) == ("生态环保", "region", "内党办发〔2025〕1号")
    assert revision.columns["township_duties"] == "入户宣传"
    assert ListImport.objects.get().file == draft.file
    assert public_overlaps() == []
    report = replay()
    assert report.holds, (report.problems[:3], [str(one) for one in report.differences[:3]])


def test_the_same_file_again_changes_nothing_and_another_one_only_what_differs(world: World) -> None:
    taken_in(world, HELPING, section="cooperative")
    people, day = world.people["lead"], world.today.isoformat()
    keys = [world.key(name) for name in world.townships]
    again = brought(people, as_csv(HELPING), section="cooperative", townships=keys, valid_from=day)
    assert again.summary["counts"]["same"] == 3 and again.summary["counts"]["cells"] == 0
    with pytest.raises(Malformed):
        drafts.enter(_asked(again), people, "cli")
    changed = [*HELPING[:2], ("2", "生态环保", "森林草原防火宣传", "阿荣旗林业和草原局", "组织防火", "入户宣传、设卡"), HELPING[3]]
    later = world.today.replace(year=world.today.year + 1).isoformat()
    draft = brought(people, as_csv(changed), section="cooperative", townships=keys, valid_from=later)
    line = ImportLine.objects.get(draft=draft, state="changed")
    assert line.changes == {
        "helpers": [[world.key("finance")], []],
        "township_duties": ["入户宣传", "入户宣传、设卡"],
        "upper_department": ["阿荣旗林业和草原局、阿荣旗财政局", "阿荣旗林业和草原局"],
    }
    entered(draft)
    naji = world.unit_id("naji")
    before = duties_of_township(people, naji, world.today)
    after = duties_of_township(people, naji, date.fromisoformat(later))
    assert [line.title for line in before] == [line.title for line in after]
    assert ListEntry.objects.filter(duty__title="森林草原防火宣传", township=naji).count() == 3, "closed, what was before, what is after"
    assert replay().holds


def _asked(draft):  # type: ignore[no-untyped-def]
    drafts.ask_for(draft, ())
    return draft


def test_what_the_whole_list_no_longer_names_ends(world: World) -> None:
    taken_in(world, HELPING, section="cooperative")
    later = world.today.replace(year=world.today.year + 1)
    draft = taken_in(world, HELPING[:3], section="cooperative", whole=True, valid_from=later.isoformat())
    assert draft.summary["counts"]["ended"] == 3
    naji = world.unit_id("naji")
    assert len(duties_of_township(world.people["lead"], naji, world.today)) == 3
    assert len(duties_of_township(world.people["lead"], naji, later)) == 2
    assert replay().holds


def test_a_preview_that_no_longer_holds_is_not_entered(world: World) -> None:
    people, keys = world.people["lead"], [world.key(name) for name in world.townships]
    plan = {"section": "cooperative", "townships": keys, "valid_from": world.today.isoformat()}
    first, second = (brought(people, as_csv(HELPING), **plan) for _ in range(2))
    entered(first)
    entered(second)
    assert second.state == "mapping" and second.problem[0]["code"] == "conflict"
    assert Duty.objects.count() == 3


def test_sheets_sections_and_headings_of_a_workbook_are_found(world: World) -> None:
    data = as_xlsx({"说明": [("填表说明",)], "基本履职": [("那吉镇基本履职事项清单",), (), BASIC, (1, "党的建设", "宣传党的政策")]})
    draft = brought(
        world.people["lead"],
        data,
        "清单.docx",
        townships=[world.key("naji")],
        valid_from="2025-07-01",
        **{**drafts.guessed(drafts.sheets_of(data)[1], "")},
    )
    assert draft.name.endswith(".xlsx"), "by what it is, not by what it is called"
    assert draft.summary["counts"]["new"] == 1 and ImportLine.objects.get(draft=draft).number == 4
    assert Path(draft.name).stem == "清单"


@override("zh-hans")  # whoever read a page in English before in this process
def test_what_is_filed_can_be_brought_back_and_is_the_same(world: World) -> None:
    """What goes out comes in: the workbook for the city's office, sheet by sheet, changes nothing."""
    taken_in(world, HELPING, section="cooperative")
    taken_in(world, [BASIC, ("1", "党的建设", "=基层党建"), ("2", "党的建设", "党员教育")], section="basic")
    lead = world.people["lead"]
    directory = directory_for(lead.jurisdiction_id)
    rows = rows_to_file(lead, directory, "duties", world.today)
    lists = [(directory.name_on(unit, world.today), rows[unit]) for unit in rows]
    for kind in ("xlsx", "csv"):
        data = as_file(filing_paper("阿荣旗", "duties", world.today, lists), kind)
        draft = drafts.bring(lead, f"报备.{kind}", io.BytesIO(data), clock.now())
        sheets = draft.summary["sheets"]
        assert len(sheets) == (2 if kind == "xlsx" else 1)
        if kind == "csv":
            continue
        for sheet in sheets:
            plan = {**BASELINE, **sheet["guess"], "townships": [], "valid_from": world.today.isoformat()}
            drafts.set_plan(draft, drafts.plan_of(plan))
            drafts.go_on(draft)
            counts = draft.summary["counts"]
            assert (counts["same"], counts["wrong"], counts["cells"]) == (
                len(world.townships) * {"基本履职": 2, "配合履职": 3}[sheet["name"]],
                0,
                0,
            )


TITLES = st.lists(st.text("防火宣传巡查秸秆禁烧 （）、=+-@一二三", min_size=1, max_size=12).filter(matter_key), min_size=1, max_size=8)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TITLES, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.booleans())
def test_random_files_are_taken_in_as_they_are(world: World, titles: list[str], encoding: str, workbook: bool) -> None:
    """Whatever the titles: what is not wrong stands on the list as it was written, and the same file again changes nothing."""
    rows = [BASIC, *((str(n), "类", title) for n, title in enumerate(titles, start=1))]
    data = as_xlsx({"基本": [[*row] for row in rows]}) if workbook else as_csv(rows, encoding)
    plan = {"section": "basic", "townships": [world.key("naji")], "valid_from": world.today.isoformat()}
    sid = transaction.savepoint()
    try:
        draft = brought(world.people["lead"], data, **plan)
        wrong = set(draft.summary["wrong"])
        entered(draft, wrong)
        assert draft.state == "done", draft.problem
        kept = [" ".join(title.split()) for n, title in enumerate(titles, start=2) if n not in wrong]
        assert [line.title for line in duties_of_township(world.people["lead"], world.unit_id("naji"), world.today)] == kept
        again = brought(world.people["lead"], data, **plan).summary["counts"]
        assert (again["same"], again["new"], again["changed"]) == (len(kept), 0, 0)
    finally:
        transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("count", [pytest.param(1000, id="1000"), pytest.param(100_000, id="100000", marks=pytest.mark.long)])
def test_many_rows_in_one_entry(world: World, count: int) -> None:
    """A hundred thousand in the long run, a thousand always: every row with its state, one entry, nothing missing."""
    names = [world.key(name) for name in world.townships]
    rows = [(*BASIC, "乡镇"), *((str(n), f"类{n % 9}", f"第{n // 3:06d}项{n // 3 % 7}事务", names[n % 3]) for n in range(1, count + 1))]
    draft = brought(world.people["lead"], as_csv(rows), valid_from=world.today.isoformat())
    assert draft.summary["counts"]["new"] == count and ImportLine.objects.filter(draft=draft, state="new").count() == count
    entered(draft)
    assert draft.state == "done" and ListEntry.objects.count() == count and ListImport.objects.count() == 1
    assert len(duties_of_township(world.people["lead"], world.unit_id("naji"), world.today)) == len(
        [n for n in range(1, count + 1) if n % 3 == 0]
    )
    if count <= 1000:
        assert replay().holds


def test_statements_grow_with_hundreds_of_rows_and_not_with_each(world: World) -> None:
    def statements(count: int) -> int:
        rows = [BASIC, *((str(n), "类", f"{count}号第{n:05d}项事务") for n in range(count))]
        rows = [rows[0], *((str(n + 1), *row[1:]) for n, row in enumerate(rows[1:]))]
        draft = brought(
            world.people["lead"], as_csv(rows), townships=[world.key("naji")], section="basic", valid_from=world.today.isoformat()
        )
        with CaptureQueriesContext(connection) as queries:
            entered(draft)
        assert draft.state == "done", draft.problem
        return len(queries)

    few = statements(100)
    assert (statements(400) - few) / 300 < 0.1


def test_an_entry_too_large_is_not_offered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "ORDINALS", 10)
    keys = [world.key(name) for name in world.townships]
    draft = brought(world.people["lead"], as_csv(HELPING), section="cooperative", townships=keys, valid_from=world.today.isoformat())
    assert draft.summary["fits"] is False
    with pytest.raises(Malformed):
        drafts.enter(_asked(draft), world.people["lead"], "cli")
    assert _rows() == (0, 0, 0)


def test_rows_that_were_kept_cannot_be_exchanged(world: World) -> None:
    """Rows of another plan or file, or altered on the disk, are not entered."""
    people, keys = world.people["lead"], [world.key(name) for name in world.townships]
    plan = {"section": "cooperative", "townships": keys, "valid_from": world.today.isoformat()}
    draft = brought(people, as_csv(HELPING), **plan)
    given = drafts.payload_of(draft, ())
    for changed in ({"plan": {**given["plan"], "level": "city"}}, {"file": given["rows"]}, {"rows": given["file"]}):
        with pytest.raises(NotDone):
            perform(people, "list.register_baseline", BANNER, {**given, **changed}, via="cli")
    place = path_of(draft.rows)
    place.write_bytes(place.read_bytes().replace("巡查".encode(), "检查".encode()))
    with pytest.raises(Malformed):
        perform(people, "list.register_baseline", BANNER, given, via="cli")
    assert _rows() == (0, 0, 0)


@pytest.mark.parametrize("who", ["services", "legal", "forestry", "naji", "city", "government", "system_admin", "audit_admin"])
def test_the_lead_alone_registers_the_baseline(world: World, who: str) -> None:
    keys = [world.key(name) for name in world.townships]
    draft = brought(world.people["lead"], as_csv(HELPING), section="cooperative", townships=keys, valid_from=world.today.isoformat())
    for via in ("page", "api", "cli", "import"):
        with pytest.raises(NotDone) as error:
            perform(world.people[who], "list.register_baseline", BANNER, drafts.payload_of(draft, ()), via=via)
        assert error.value.status in (403, 404, 422) and not isinstance(error.value, Refused)
    assert _rows() == (0, 0, 0)
