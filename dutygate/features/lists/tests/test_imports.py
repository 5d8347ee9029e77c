"""第四条（五）: a file becomes the baseline of the lists in one action: what is wrong is said row by row, and changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed
from dutygate.features.lists.importing import drafts
from dutygate.features.lists.models import Duty, DutyRevision, ImportLine, ListEntry, ListImport
from dutygate.features.lists.queries import duties_of_township, public_overlaps
from dutygate.features.lists.tests.importing import BASIC, COOPERATIVE, as_csv, as_xlsx, brought, entered, taken_in
from tests.world import World

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
