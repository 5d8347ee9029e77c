"""纪要草稿: drawn up from the sheets, for a person to finish. Minutes are in Chinese, whatever the language of the page (Article 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import override

from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.official.paper import day_zh, numeral
from dutygate.features.application.letters import MODES
from dutygate.features.application.section import opinions_section
from dutygate.features.cases.queries import cases_visible
from dutygate.features.cases.sections import Reading, directory_now
from dutygate.features.conference.queries import attendances_of, items_of
from dutygate.features.conference.words import OUTCOMES_ZH
from dutygate.features.review.section import review_section

VERBS = {"admission": "准入", "exit": "退出", "adjustment": "调整"}
ANSWERS = {"agree": "同意", "agree_with_conditions": "附条件同意", "disagree": "不同意", "": "未答复"}
SEATS = {"lead": "牵头单位", "legal": "法制审核", "services": "政务服务"}


def draft_of(viewer: ActingPost, meeting: Any, today: date) -> str:
    """The minutes as the records have them: how it was held, then each item with what is known and what was settled."""
    with override("zh-hans"):
        directory = directory_for(meeting.jurisdiction_id)
        items = [item for item in items_of(viewer, meeting) if not item.removed]
        cases = {case.id: case for case in cases_visible(viewer, directory_now(viewer)).filter(pk__in=[item.case_id for item in items])}
        paragraphs = [_opening(viewer, meeting, len(items), directory)]
        for ordinal, item in enumerate(items, start=1):
            case = cases.get(item.case_id)
            if case is not None:
                paragraphs += _item(item, ordinal, Reading(viewer, case, directory, today))
        return "\n".join(paragraphs)


def _opening(viewer: ActingPost, meeting: Any, count: int, directory: Any) -> str:
    lead = directory.name_on(viewer.unit_id, meeting.day) if viewer.unit_id else ""
    if meeting.form == "written":
        answered = [one for one in attendances_of(viewer, meeting) if one.how == "present"]
        how = f"截至{day_zh(meeting.day)}，{lead}以书面方式征求联席会议成员单位意见，{len(answered)}个成员单位书面答复"
    else:
        chair = f"{meeting.chair}主持" if meeting.chair else f"{lead}组织"
        how = f"{day_zh(meeting.day)}，{chair}召开{meeting.title}" + (f"（地点：{meeting.place}）" if meeting.place else "")
    return f"{how}，研究{count}项职责准入事项。现将议定事项纪要如下："


def _item(item: Any, ordinal: int, reading: Reading) -> list[str]:
    case = reading.case
    initiator = reading.unit(case.initiator_id) or {"name": ""}
    opinions, review = opinions_section(reading.viewer, reading), review_section(reading.viewer, reading)
    inside = [row for row in opinions["townships"] if row["in_scope"] and row["unit"]]
    verb = VERBS.get(case.kind, "准入")
    asks = f"申请{MODES.get(case.mode, '交由')}{len(inside)}个乡镇承担" if case.kind == "admission" else f"申请{verb}"
    said = [
        f"{numeral(ordinal)}、关于“{case.title}”",
        f"{initiator['name']}{asks}（办件编号：{case.number}，第{case.revision}版）。{_answers(inside)}{_seats(review)}{_departments(review)}",
    ]
    outcome = f"{OUTCOMES_ZH[item.outcome]}{verb if item.outcome != 'next_time' else ''}" if item.outcome else "（结论待登记）"
    return [*said, f"会议议定：{outcome}。{item.text}"]


def _answers(inside: list[dict[str, Any]]) -> str:
    counted: dict[str, int] = {}
    for row in inside:
        said = ANSWERS.get(row["answer"], "未反馈")
        counted[said] = counted.get(said, 0) + 1
    return "乡镇意见：" + "，".join(f"{said}{number}个" for said, number in counted.items()) + "。" if counted else ""


def _seats(review: dict[str, Any]) -> str:
    said = {"admit": "同意", "not_admit": "不同意"}
    rows = [one for one in review["assessments"] if not one["superseded"]]
    lines = [f"{SEATS.get(one['seat'], one['unit']['name'] if one['unit'] else '')}{said.get(one['recommends'], '')}" for one in rows]
    return "各席位审核：" + "，".join(lines) + "。" if lines else ""


def _departments(review: dict[str, Any]) -> str:
    said = {"answered": "已反馈", "no_reply": "未反馈", "open": "等待反馈"}
    lines = [f"{one['unit']['name']}{said[one['status']]}" for one in review["comments"] if one["unit"]]
    return "相关部门意见：" + "，".join(lines) + "。" if lines else ""
