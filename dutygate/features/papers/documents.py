"""文书写什么: from the records of a case to what stands for each placeholder, and to whom a paper goes (Articles 4.1-4.5).

Everything is read through the sections of a case as its reader sees them, so that no paper says more than its office may know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import override

from dutygate.base.documents.official.paper import Annex, Block, Content, day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.features.application.letters import MODES
from dutygate.features.application.letters import day_zh as day_of
from dutygate.features.application.letters_of_change import SAID
from dutygate.features.cases.sections import Reading
from dutygate.features.papers.case_words import BANNER, CITY, CaseWords, Given
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.queries import InForce
from dutygate.features.review.words import EMERGENCY, EXCLUDED, POINT, recommends_in


@dataclass(frozen=True, slots=True)
class Drafted:
    """One paper drawn up, and the units (keys) to which it goes."""

    content: Content
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What one paper says beside the words of its case: values by placeholder, whom it goes to, with what copies."""

    to: tuple[str, ...]
    values: dict[str, Value] = field(default_factory=dict)
    cc: tuple[str, ...] = ()


Writer = Callable[[CaseWords], list[Words]]
_writers: Final[dict[str, Writer]] = {}


def writes(name: str) -> Callable[[Writer], Writer]:
    """Register what a kind says: (case) -> one set of words for each paper; [] while there is nothing to write."""

    def register(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return register


def drafted(kind: Kind, template: InForce, readings: Sequence[Reading], given: Given, signed: str) -> list[Drafted]:
    """The papers of a kind about these cases, from the template in force; [] while there is nothing to write."""
    with override("zh-hans"):
        cases = [CaseWords(reading, given) for reading in readings]
        words = _writers[kind.name](cases[0]) if len(cases) == 1 else _many(kind, cases)
        papers = []
        for one in words:
            values: dict[str, Value] = {**dict.fromkeys(kind.known, ""), **cases[0].common(), **one.values}
            values["主送"] = "、".join(cases[0].addressed(key) for key in one.to)
            values["抄送"] = "，".join(cases[0].name(key) for key in one.cc)
            papers.append(Drafted(filled(template.lines, values, signed, given.dated_on), one.to, one.cc))
        return papers


def has_words(kind: Kind, case: CaseWords) -> bool:
    """Whether a paper of this kind about the case has anything to say now."""
    return bool(_writers[kind.name](case))


def one_each(words: Sequence[Words], each: bool) -> list[Words]:
    """One paper for each recipient, or one for all of them."""
    return [Words((key,), one.values, one.cc) for one in words for key in one.to] if each else list(words)


def _level3(lines: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Block(kind="level3", text=line) for line in lines if line)


@writes("consultation_letter")
def _consultation(case: CaseWords) -> list[Words]:
    if not case.inside:
        return []
    until = f"于{day_zh(case.given.until)}前" if case.given.until else "在规定的时限内"
    binding = case.case.kind == "admission" or case.case.burden
    values: dict[str, Value] = {
        "再次": "再次" if case.case.round > 1 else "",
        "请求": case.asks("我单位拟" if case.case.kind == "admission" else "我单位拟申请") + "，",
        "内容": case.item("content"),
        "保障": f"{case.safeguards}。" if case.safeguards else "",
        "期限": until,
        "沉默": "不答复不视为同意。" if binding else "到期未答复的，记为未反馈，不视为同意，也不视为反对，报有权机关决定。",
        "全文": case.form(without=("negotiated_opinion",)),
    }
    return one_each([Words(tuple(row["unit"]["key"] for row in case.inside), values)], each=True)


@writes("reply_letter")
def _reply(case: CaseWords) -> list[Words]:
    opinions = case.sections["opinions"]
    own = next((row for row in opinions["townships"] if row["unit"] and row["unit"]["key"] == case.own and row["answers"]), None)
    if own is None:
        return []
    last, asked = own["answers"][-1], opinions["rounds"][-1]
    number = f"（{asked['document_number']}）" if asked["document_number"] else ""
    taking = {"admission": "承担", "exit": "退出", "adjustment": "调整"}[case.case.kind]
    values: dict[str, Value] = {
        "来函": f"{day_of(asked['requested_at'])}征求意见的来函{number}",
        "答复": f"我单位{SAID[last['answer']]}{taking}“{case.case.title}”（第{last['revision']}版）。",
        "条件": _level3([f"条件：{one['text']}" for one in last["conditions"]]),
        "理由": f"{'理由' if last['answer'] == 'disagree' else '说明'}：{last['reason']}" if last["reason"] else "",
    }
    return [Words((case.initiator["key"],), values)]


@writes("negotiated_opinion")
def _negotiated(case: CaseWords) -> list[Words]:
    text = case.item("negotiated_opinion")
    blocks = tuple(Block(text=line.strip("　 ")) for line in text.split("\n") if line.strip("　 "))
    return [Words(case.seats("lead"), {"协商意见": blocks})] if text else []


@writes("application_letter")
def _application(case: CaseWords) -> list[Words]:
    if not case.item("negotiated_opinion"):
        return []
    values: dict[str, Value] = {
        "请求": case.asks("我单位拟" if case.case.kind == "admission" else "我单位申请") + "，",
        "申请书": case.form(),
    }
    return [Words(case.seats("lead"), values)]


@writes("gaps_notice")
def _gaps(case: CaseWords) -> list[Words]:
    returns = case.sections["review"]["returns"]
    if not returns:
        return []
    items = case.edition.all_items
    said = [f"{items[gap['item']].label.zh if gap['item'] in items else gap['item']}：{gap['text']}" for gap in returns[-1]["gaps"]]
    return [Words((case.initiator["key"],), {"补正": _level3(said)})]


@writes("department_letter")
def _department(case: CaseWords) -> list[Words]:
    found = []
    for asked in case.sections["review"]["comments"]:
        until = f"于{day_zh(asked['reply_by'])}前" if asked["reply_by"] else "在规定的时限内"
        question = asked["question"] or "本事项与你单位职责的衔接，以及其他意见。"
        found.append(Words((asked["unit"]["key"],), {"问题": question, "期限": until, "申请书": case.form()}))
    return found


@writes("legal_opinion")
def _legal(case: CaseWords) -> list[Words]:
    rows = [one for one in case.sections["review"]["assessments"] if one["seat"] == "legal" and not one["superseded"]]
    if not rows:
        return []
    last = rows[-1]
    points = case.edition.focus_points
    said = [
        f"{points[one['point']].label.zh if one['point'] in points else one['point']}：{POINT[one['finding']]}"
        + (f"。{one['text']}" if one["text"] else "。")
        for one in last["points"]
    ]
    values: dict[str, Value] = {
        "审核重点": _level3(said),
        "除外权力": _found(EXCLUDED, last["excluded_power"], last["excluded_power_reason"]),
        "应急": _found(EMERGENCY, last["emergency"], last["emergency_reason"]),
        "建议": str(recommends_in(case.case.kind).get(last["recommends"], "")),
        "意见": last["text"],
    }
    return [Words(case.seats("lead"), values)]


def _found(words: dict[str, Any], value: str, reason: str) -> str:
    said = str(words.get(value, ""))
    return f"{said}。{reason}" if said and reason else f"{said}。" if said else ""


def _dissent(case: CaseWords, conclusion: dict[str, Any]) -> str:
    return "；".join(f"{one.get('unit') or one.get('seat', '')}：{one.get('text', '').rstrip('。')}" for one in conclusion["dissent"])


@writes("review_opinion")
def _review(case: CaseWords) -> list[Words]:
    conclusion = case.sections["review"]["conclusion"]
    if conclusion is None:
        return []
    blocks = tuple(Block(text=line.strip("　 ")) for line in conclusion["text"].split("\n") if line.strip("　 "))
    return [Words(case.seats(*BANNER), {"审核意见": blocks, "不同意见": _dissent(case, conclusion)})]


def _heard(case: CaseWords) -> str:
    if case.case.kind == "admission":
        return "所列乡镇均已书面同意。"
    counted: dict[str, int] = {}
    for row in case.inside:
        said = SAID.get(row["answer"], "未反馈")
        counted[said] = counted.get(said, 0) + 1
    return "已书面征求另一方意见：" + "，".join(f"{said}{number}个" for said, number in counted.items()) + "。"


def _opinion_annex(case: CaseWords) -> tuple[Annex, ...]:
    conclusion = case.sections["review"]["conclusion"]
    if conclusion is None or not conclusion["text"]:
        return ()
    blocks = tuple(Block(text=line.strip("　 ")) for line in conclusion["text"].split("\n") if line.strip("　 "))
    return (Annex(title=f"关于“{case.case.title}”的审核意见", blocks=blocks),)


@writes("request_banner")
def _to_banner(case: CaseWords) -> list[Words]:
    conclusion = case.sections["review"]["conclusion"]
    if conclusion is None or conclusion["outcome"] != "admit":
        return []
    values: dict[str, Value] = {"事项或各项": f"“{case.case.title}”", "征求情况": _heard(case), "审核意见附件": _opinion_annex(case)}
    return one_each([Words(case.seats(*BANNER), values)], each=True)


@writes("request_city")
def _to_city(case: CaseWords) -> list[Words]:
    banner = [one for one in case.approvals if one["body"] in BANNER]
    if not banner or case.case.track == "temporary":
        return []
    values: dict[str, Value] = {"事项或各项": f"“{case.case.title}”", "旗级决定": _decided(case, banner)}
    return [Words(case.seats(CITY), values)]


def _decided(case: CaseWords, decisions: Sequence[dict[str, Any]]) -> str:
    seats = case.edition.seats
    return "；".join(f"{seats[one['body']].label.zh}{day_zh(one['decided_on'])}{one['document_number']}" for one in decisions)


def _many(kind: Kind, cases: Sequence[CaseWords]) -> list[Words]:
    """One request for several cases, which a table behind it lists; [] when one of them has nothing to be asked for."""
    single = [_writers[kind.name](case) for case in cases]
    if any(not words for words in single):
        return []
    first = cases[0]
    rows = [
        (str(n), case.case.number, case.case.title, case.initiator["name"], case.townships, case.track)
        for n, case in enumerate(cases, start=1)
    ]
    table = Block(
        kind="table",
        columns=("序号", "办件编号", "职责名称", "申请单位", "涉及乡镇", "类别"),
        widths=(1, 3, 4, 3, 5, 3),
        rows=tuple(rows),
    )
    verbs = "、".join(dict.fromkeys(case.verb for case in cases))
    values: dict[str, Value] = {
        "事项或各项": f"“{first.case.title}”等{len(cases)}项",
        "事由": verbs,
        "申请单位": "、".join(dict.fromkeys(case.initiator["name"] for case in cases)),
        "请求": f"共{len(cases)}项，逐项列在附件。",
        "征求情况": "各项均已书面征求有关单位意见，结果见各卷的协商意见。",
        "附表": (Annex(title=f"提请批准的职责{verbs}事项", blocks=(table,)),),
        "审核意见附件": tuple(annex for case in cases for annex in _opinion_annex(case)) if kind.name == "request_banner" else (),
        "旗级决定": "各项的决定文号见各卷" if kind.name == "request_city" else "",
    }
    return one_each([Words(tuple(dict.fromkeys(key for words in single for one in words for key in one.to)), values)], each=True)


@writes("refusal_notice")
def _refused(case: CaseWords) -> list[Words]:
    refusal = case.sections["review"]["refusal"]
    against = [one for one in case.sections["decision"]["decisions"] if one["voided_at"] is None and one["outcome"] == "against"]
    reasons = refusal["reasons"] if refusal else against[-1]["reasons"] if against else []
    if not reasons:
        return []
    provisions = case.edition.provisions
    said = [
        reason["text"].rstrip("。")
        + (f"（{provisions[reason['provision']].label.zh}）。" if reason.get("provision") in provisions else "。")
        for reason in reasons
    ]
    after = "乡镇不承担该事项。" if case.case.kind == "admission" else "该事项在清单上照旧。"
    return [_told(case, {"不予理由": _level3(said), "后果": after})]


def _told(case: CaseWords, values: dict[str, Value]) -> Words:
    """A notice to every party; the seats get a copy."""
    to = dict.fromkeys((case.initiator["key"], *(row["unit"]["key"] for row in case.inside)))
    cc = [key for key in case.seats("legal", "services") if key not in to]
    return Words(tuple(to), values, tuple(cc))


def _approved(case: CaseWords, kind: str) -> list[Words]:
    if case.case.kind != kind or case.case.outcome != "approved" or not case.approvals:
        return []
    city = [one for one in case.approvals if one["body"] == CITY]
    last = city or case.approvals
    ends = min((one["expires_on"] for one in case.approvals if one["expires_on"]), default=case.case.ends_on)
    starts = [one["effective_on"] for one in last if one["effective_on"]]
    seats = case.edition.seats
    values: dict[str, Value] = {
        "事项编号": case.duty,
        "批准机关": "、".join(seats[one["body"]].label.zh for one in last),
        "批准文号": "、".join(one["document_number"] for one in last),
        "施行日期": f"{day_zh(max(starts))}（不早于本通知发出之日）" if starts else "本通知发出之日",
        "截止": f"至{day_zh(ends)}止，含当天" if ends else "长期",
        "方式": MODES.get(case.case.mode, "交由"),
        "名义": f"{case.case.acts_in_name_of.rstrip('。')}。" if case.case.acts_in_name_of else "",
        "保障": f"{case.safeguards}。" if case.safeguards else "",
    }
    return [_told(case, values)]


@writes("admission_notice")
def _admitted(case: CaseWords) -> list[Words]:
    return _approved(case, "admission")


@writes("exit_notice")
def _left(case: CaseWords) -> list[Words]:
    return _approved(case, "exit")


@writes("adjustment_notice")
def _adjusted(case: CaseWords) -> list[Words]:
    return _approved(case, "adjustment")
