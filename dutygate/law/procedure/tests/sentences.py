"""Rule sentences: what a jurist writes in ``dutygate/law/rules/tests/*.yaml``, read and judged.

- 名称: 有乡镇不同意，即未协商一致
  条款: "4.1"
  动作: consultation.conclude        # or a list: the sentence holds for each
  状态: consulting                   # or a list; left out: the first state in which the action is possible
  谁: 住建局                         # left out: whose step it is
  情形: {音河乡: 不同意}             # what differs from a case in which everything is in order (SITUATIONS)
  内容: {理由: 无}                   # what differs from a good payload (FIELDS; 无 takes a field out)
  结果: [township_against]           # the findings, or 准许, or 无此职权, or 不在此步
  到: agreed                         # for 准许: the state then, or 不变
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, Final

import yaml

from dutygate.law.procedure.engine import Permit, decide
from dutygate.law.procedure.model import ON, CaseState, banner_bodies, facts_for
from dutygate.law.procedure.payloads import JUDGED
from dutygate.law.procedure.tests.good import actor, assessment, first_state, good_for, good_payload, held_by
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, ApplicationFacts, Asked, Township
from dutygate.law.rules.kinds import deciding_track

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Six times as fast where libyaml is there."""
UNITS: Final = {
    **{"住建局": "D", "环保局": "E", "编办": "L", "司法局": "J", "政数局": "S", "农牧局": "M"},
    **{"那吉镇": "A", "音河乡": "B", "三道沟乡": "C", "外乡镇": "X", "旗委": "P", "旗政府": "G", "市政府": "W"},
    **{"系统管理员": "system_admin", "安全管理员": "security_admin", "审计管理员": "audit_admin", "本人": "self", "系统": "system"},
    "解释机关": "interpreter",
}
FIELDS: Final = {
    **{"单位": "units", "外人": "strangers", "传阅给本人": "circulated", "移交给": "to"},
    **{"理由": "reason", "条件": "conditions", "答复": "answer", "席位": "seat", "顶替单位": "substitute", "重点": "points"},
    **{"部门": "departments", "机关": "body", "决定": "outcome", "意见": "outcome", "文号": "document_number", "日期": "dated_on"},
    **{
        "乡镇": "townships",
        "某乡镇": "township",
        "期限更长": "ends_later",
        "收件单位": "addressees",
        "单位": "units",
        "外人": "strangers",
        "传阅给本人": "circulated",
        "移交给": "to",
        "同事": "colleague",
    },
    **{"录入人": "entered_by", "待确认": "pending", "新文件": "new_document", "更正": "field", "改为": "value", "处理": "settlement"},
    **{"补正清单": "gaps", "无其他部门": "no_other_concerned", "权力类别": "declared_class", "应急处置": "handles_emergency"},
    **{"排除权力": "excluded_power", "应急认定": "emergency", "不排除的理由": "excluded_power_reason", "必要": "necessity"},
    **{"卷别": "kind", "乡镇申请": "by_township", "理由类别": "reason", "职责类别": "from_track", "类别": "track"},
    **{"理由说明": "reason_words", "因变动立卷": "mandated", "主办部门": "duty_lead"},
    **{"仍属临时": "still_temporary", "告知理由": "reasons", "决定理由": "reasons", "触及": "touches", "增加乡镇": "add_townships"},
    **{"天数": "days", "笔录": "minutes", "到会": "present", "在办": "task_open", "合时": "timely", "上次催办": "urged_on"},
    **{"不到提醒时间": "not_due", "须签发": "asked", "已送签": "awaits", "待签发": "awaiting"},
}
STANDINGS: Final[Mapping[str, dict[str, Any]]] = {
    "同意": {"answer": "agree"},
    "未征求": {"asked": False, "answer": ""},
    "未答复": {"answer": ""},
    "不同意": {"answer": "disagree"},
    "附条件": {"answer": "agree_with_conditions", "condition": "open"},
    "条件已回应": {"answer": "agree_with_conditions", "condition": "answered"},
    "条件已了结": {"answer": "agree_with_conditions", "condition": "settled"},
    "意见失效": {"answer": "agree", "lapsed": True},
    "代录未核对": {"answer": "agree", "paper": "unchecked"},
    "代录已核对": {"answer": "agree", "paper": "checked"},
    "代录有异议": {"answer": "agree", "paper": "unchecked", "contested": True},
    "代录不同意": {"answer": "disagree", "paper": "unchecked"},
    "不在范围": {"in_scope": False},
    "逾期未答复": {"answer": "", "out_of_time": True},
    "附条件未答复逾期": {"answer": "agree_with_conditions", "condition": "open", "out_of_time": True},
    "代录有异议逾期": {"answer": "agree", "paper": "unchecked", "contested": True, "out_of_time": True},
    "意见失效逾期": {"answer": "agree", "lapsed": True, "out_of_time": True},
    "新增同意": {"answer": "agree", "joins": True},
    "新增未答复逾期": {"answer": "", "joins": True, "out_of_time": True},
    "新增不同意": {"answer": "disagree", "joins": True},
    "是部门，不同意": {"answer": "disagree", "department": True},
    "是部门，未答复逾期": {"answer": "", "department": True, "out_of_time": True},
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for one action in one state."""

    name: str
    provision: str
    action: str
    state: str
    who: str
    situation: Mapping[str, Any]
    given: Mapping[str, Any]
    result: Any
    to: str

    @property
    def id(self) -> str:
        """Name, action and state: unique."""
        return f"{self.name} ({self.action}, {self.state})"


Situation = Callable[[CaseState, Any], CaseState]


def _head(name: str, values: Mapping[Any, Any] | None = None) -> Situation:
    return lambda case, v: case.having(head=replace(case.head, **{name: values[v] if values else v}))


def _application(name: str, values: Mapping[Any, Any]) -> Situation:
    return lambda case, v: case.having(application=replace(case.application, **{name: values[v]}))


def _kind(case: CaseState, kind: str) -> CaseState:
    """A good exit or adjustment: of a duty that stands on the track of the case, its application written."""
    named = {"退出": "exit", "调整": "adjustment"}[kind]
    head = replace(case.head, kind=named, from_track=case.head.track, reason="task_changed")
    filled = case.application.filled | {"exit_reason", "work_under_way", "taken_over_by", "support_settled"}
    return case.having(head=head, application=replace(case.application, filled=filled) if named == "exit" else case.application)


def _bare(case: CaseState, yes: str) -> CaseState:
    """Of the application nothing is there but what an exit must say."""
    kept = frozenset(name for name in case.application.filled if name not in JUDGED)
    return case.having(application=ApplicationFacts(filled=kept), head=replace(case.head, mode=""))


def _missing(case: CaseState, items: list[str]) -> CaseState:
    return case.having(application=replace(case.application, filled=case.application.filled - set(items)))


def _seats(case: CaseState, seats: Mapping[str, str]) -> CaseState:
    sitting = tuple((seat, UNITS[seats[seat]] if seat in seats else unit) for seat, unit in case.review.seats)
    return case.having(review=replace(case.review, seats=sitting))


def _findings(case: CaseState, findings: Mapping[str, str]) -> CaseState:
    """席位 -> 未审核, 已失效, 认定属排除权力, 认定属应急处置, 缺一个重点."""
    kept = []
    for a in case.review.assessments:
        change = {
            "已失效": {"lapsed": frozenset({"content"})},
            "认定属排除权力": {"excluded_power": "found"},
            "认定属应急处置": {"emergency": "found"},
            "缺一个重点": {"points": a.points - {"safeguards"}},
        }
        if findings.get(a.seat) != "未审核":
            kept.append(replace(a, **change[findings[a.seat]]) if a.seat in findings else a)  # type: ignore[arg-type]
    return case.having(review=replace(case.review, assessments=tuple(kept)))


def _departments(case: CaseState, asked: Any) -> CaseState:
    status = {"未反馈": "no_reply", "已反馈": "answered", "等待反馈": "open"}
    rows = () if asked == "无" else tuple(Asked(UNITS[unit], status[how]) for unit, how in asked.items())
    return case.having(review=replace(case.review, asked=rows))


def _outcomes(case: CaseState, outcomes: Mapping[str, str]) -> CaseState:
    known = {"旗委": "banner_committee", "旗政府": "banner_government", "市政府": "city_government"}
    words = {"同意": "for", "不同意": "against", "退回": "return"}
    rows = tuple(sorted((known[body], words[outcome]) for body, outcome in outcomes.items()))
    return case.having(decision=replace(case.decision, outcomes=rows))


def _notice(case: CaseState, pending: list[str]) -> CaseState:
    owed = frozenset(UNITS[unit] for unit in pending)
    return case.having(notice=replace(case.notice, issued=True, required=case.notice.required | owed, pending=owed))


SITUATIONS: Final[Mapping[str, Situation]] = {
    "卷别": _kind,
    "职责类别": _head("from_track", {"常态": "regular", "临时": "temporary"}),
    "职责": _head("duty_in_force", {"已失效": False}),
    "资格": _head("has_standing", {"无": False}),
    "加重负担": _head("burden", {"是": True}),
    "因变动立卷": _head("mandated", {"是": True}),
    "乡镇申请": lambda case, v: case.having(head=replace(case.head, by_township=True, initiator=UNITS[v])),
    "主办部门": lambda case, v: case.having(head=replace(case.head, duty_lead=UNITS[v])),
    "只有退出各项": _bare,
    "类别": _head("track", {"常态": "regular", "临时": "temporary"}),
    "有终止日期": _head("has_end", {"是": True, "否": False}),
    "权力类别": _head("declared_class"),
    "应急处置": _head("handles_emergency", {"是": True}),
    "办法": _head("edition_in_force", {"已废止": False}),
    "方式": _head("mode", {"未写": "", "交由": "assign"}),
    "申请单位": lambda case, v: case.having(head=replace(case.head, initiator=UNITS[v])),
    "缺项": _missing,
    "必要性": _application("necessity_stated", {"未说明": False}),
    "依据": _application("basis_kinds", {"无": frozenset(), "仅政策": frozenset({"policy"}), "三定": frozenset({"sanding"})}),
    "依据失效": _application("basis_not_in_force", {"是": frozenset({"old"})}),
    "保障": _application("addressed", {"缺经费": frozenset({"technical", "training"})}),
    "不需要未说明理由": _application("none_needed_without_reason", {"培训": frozenset({"training"})}),
    "本轮后有改动": _application("changed_since_round", {"是": True}),
    "乡镇": lambda case, v: case.having(townships=()) if v == "无" else case,
    "席位": _seats,
    "审核": _findings,
    "已审核": lambda case, v: case.having(review=replace(case.review, assessments=(assessment(v, case.seated(v)),))),
    "相关部门": _departments,
    "审核意见": lambda case, v: case.having(review=replace(case.review, conclusion={"同意准入": "admit", "不予准入": "not_admit"}[v])),
    "以前期数": lambda case, v: case.having(review=replace(case.review, earlier_terms=v)),
    "书面审议过": lambda case, v: case.having(review=replace(case.review, round_held=v == "是")),
    "已开会": lambda case, v: case.having(review=replace(case.review, meeting_held=v == "是")),
    "暂停": lambda case, v: case.having(review=replace(case.review, paused=True, pauses=v)),
    "未暂停": lambda case, v: case.having(review=replace(case.review, paused=False)),
    "暂停过": lambda case, v: case.having(review=replace(case.review, pauses=v)),
    "延长过": lambda case, v: case.having(review=replace(case.review, extensions=v)),
    "各机关": _outcomes,
    "待签收": _notice,
    "有异议的签收": lambda case, v: case.having(notice=replace(case.notice, contested=frozenset(UNITS[unit] for unit in v))),
    "代录签收": lambda case, v: case.having(notice=replace(case.notice, on_paper=frozenset(UNITS[unit] for unit in v))),
}


def read() -> list[Sentence]:
    """Every sentence of every file, one for each action and state it is said of."""
    folder = files("dutygate.law.rules") / "tests"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir(), key=lambda p: p.name) if path.name.endswith(".yaml")]
    return [sentence for text in texts for entry in yaml.load(text, Loader=LOADER) for sentence in _sentences(entry)]


def _sentences(entry: Mapping[str, Any]) -> Iterator[Sentence]:
    if unknown := entry.keys() - {"名称", "条款", "动作", "状态", "谁", "情形", "内容", "结果", "到"}:
        raise ValueError(f"{entry['名称']}: unknown keys {sorted(unknown)}")
    for action, state in itertools.product(_list(entry["动作"]), _list(entry.get("状态", ""))):
        who, given = entry.get("谁", ""), entry.get("内容", {})
        yield Sentence(
            *(entry["名称"], entry["条款"], action, state, who, entry.get("情形", {}), given), entry["结果"], entry.get("到", "")
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def judge(sentence: Sentence, edition: Edition) -> tuple[Any, str]:
    """(准许, 无此职权, 不在此步 or the sorted codes of the findings; the state then, or "")."""
    state = sentence.state or first_state(edition, sentence.action)
    case = good_for(edition, sentence.action, state)
    for word, value in sentence.situation.items():
        if word == "须开会":
            edition = _meeting_required(edition)
        elif word in UNITS:
            case = _standing(case, UNITS[word], value)
        else:
            case = SITUATIONS[word](case, value)
    if {"类别", "职责类别"} & sentence.situation.keys() and case.decision.needed:
        case = case.having(decision=replace(case.decision, needed=banner_bodies(edition, deciding_track(case.head))))
    unit = UNITS[sentence.who] if sentence.who else actor(sentence.action, state)
    payload = good_payload(sentence.action, state, unit, case)
    for word, value in sentence.given.items():
        payload[FIELDS.get(word, word)] = None if value == "无" else _plain(value)
    payload = {name: value for name, value in payload.items() if value is not None or name in ("ends", "still_temporary", "until")}
    acting = Acting(unit, unit, held_by(case, unit, sentence.action))
    if payload.get("entered_by") == "self":
        payload["entered_by"] = unit
    answer = decide(edition, sentence.action, state, acting, facts_for(edition, case, acting, payload), ON)
    if isinstance(answer, Permit):
        return "准许", answer.to
    if answer.kind != "rule":
        return {"role": "无此职权", "state": "不在此步"}[answer.kind], ""
    return sorted(finding.code for finding in answer.findings), ""


def disagrees(sentence: Sentence, edition: Edition) -> str | None:
    """What this edition answers instead of what the sentence says, or None."""
    result, to = judge(sentence, edition)
    expected = sorted(sentence.result) if isinstance(sentence.result, list) else sentence.result
    if result != expected:
        return f"{sentence.id}: {result} instead of {expected}"
    wanted = sentence.state if sentence.to == "不变" else sentence.to
    return f"{sentence.id}: to {to} instead of {wanted}" if wanted and to != wanted else None


def _standing(case: CaseState, unit: str, how: str) -> CaseState:
    others = tuple(t for t in case.townships if t.unit != unit)
    before = case.township(unit) or Township(unit)
    township = replace(Township(unit, in_scope=before.in_scope, asked=True), **STANDINGS[how])
    return case.having(townships=tuple(sorted((*others, township), key=lambda t: t.unit)))


def _plain(value: Any) -> Any:
    """是, 否 and names of units as the payload writes them."""
    if isinstance(value, list):
        return tuple(_plain(v) for v in value)
    if isinstance(value, str):
        return {"是": True, "否": False}.get(value, UNITS.get(value, value))
    return value


def _meeting_required(edition: Edition) -> Edition:
    """The same edition, had the conference set that a conclusion needs a meeting."""
    name = "conclusion_needs_meeting"
    return replace(edition, parameters={**edition.parameters, name: replace(edition.parameters[name], values={"all": True})})
