"""退出、调整的函、复函、协商意见 (4.4, 4.5): drafts as those of an admission; in Chinese, whatever the page speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from dutygate.features.application.letters import INDENT, day_zh, numbered, reply_letter, signed, who_when
from dutygate.features.application.standing import Standing
from dutygate.law.regulation.edition import Edition

VERBS: Final = {"exit": "退出", "adjustment": "调整"}
SAID: Final = {"agree": "同意", "agree_with_conditions": "附条件同意", "disagree": "不同意"}


def request_of_change(
    *,
    case: Any,
    edition: Edition,
    duty: str,
    initiator: str,
    parties: Sequence[str],
    reason: str,
    points: Iterable[str],
    due: date | None,
    on: date,
    consent: bool,
) -> str:
    """征求意见函 of an exit or an adjustment. ``points``: what it says, part by part; ``consent``: somebody's consent is needed."""
    verb, once_more = VERBS[case.kind], "再次" if case.round else ""
    measures = f"《{edition.title.zh}》（{edition.document_number}）"
    asks = f"{INDENT}根据{measures}第四条（四）、（五），我单位拟申请{verb}职责事项“{case.title}”（{duty}），现{once_more}书面征求意见。"
    lines = [f"理由：{reason}。", *(f"{point.rstrip('。')}。" for point in points)]
    until = f"请于{day_zh(due)}前" if due else "请"
    lines.append(f"{until}书面答复：同意、附条件同意或者不同意。附条件的，请逐条写明条件；不同意的，请写明理由。")
    lines.append("新增负担的，不答复不视为同意。" if consent else "到期未答复的，记为未反馈，不视为同意，也不视为反对，报有权机关决定。")
    whole = f"{INDENT}全文（编号{case.number}，第{case.revision}版）附后。"
    head = [f"关于{once_more}征求“{case.title}”{verb}意见的函", "", f"{'、'.join(parties)}："]
    return "\n".join([*head, asks, *numbered(lines), whole, f"{INDENT}特此函达。", *signed(initiator, on)])


def letter_of_reply(*, case: Any, party: str, **said: Any) -> str:
    """复函, in the words of the kind of case."""
    if case.kind not in VERBS:
        return reply_letter(case=case, township=party, **said)
    return reply_of_change(case=case, party=party, **said)


def reply_of_change(
    *,
    case: Any,
    initiator: str,
    party: str,
    asked: Any,
    answer: str,
    reason: str,
    conditions: Sequence[str],
    on: date | datetime,
    revision: int = 0,
) -> str:
    """复函 on an exit or an adjustment; "" while no answer is chosen."""
    if answer not in SAID:
        return ""
    verb = VERBS[case.kind]
    which = f"{verb}“{case.title}”（第{revision or case.revision}版）"
    said = f"我单位{SAID[answer]}{which}{'，条件如下：' if answer == 'agree_with_conditions' else '。'}"
    number = f"（{asked.document_number}）" if asked is not None and asked.document_number else ""
    received = f"{INDENT}贵单位{day_zh(asked.requested_at) if asked is not None else ''}征求意见的来函{number}收悉。经研究，答复如下："
    lines = [said]
    if answer == "agree_with_conditions":
        lines += [f"（{n}）{text}" for n, text in enumerate(conditions, start=1)]
    if reason:
        lines.append(f"{'理由' if answer == 'disagree' else '说明'}：{reason}")
    head = [f"关于“{case.title}”{verb}意见的复函", "", f"{initiator}："]
    return "\n".join([*head, received, *(f"{INDENT}{line}" for line in lines), f"{INDENT}特此函复。", *signed(party, on)])


def opinion_on_change(*, case: Any, initiator: str, standings: Sequence[Standing], out_of_time: Iterable[str]) -> str:
    """协商意见: who said what, who said nothing in its time. ``out_of_time``: the keys of those."""
    verb, late = VERBS[case.kind], set(out_of_time)
    inside = [s for s in standings if s.row.in_scope]
    rounds = f"，共{case.round}轮" if case.round > 1 else ""
    whom = "、".join(s.unit["name"] for s in inside)
    head = f"{initiator}就{verb}“{case.title}”向{whom}书面征求意见{rounds}，对第{case.revision}版内容的意见如下："
    points = []
    for answer, words in SAID.items():
        there = [s for s in inside if s.row.answer == answer and not s.row.contested]
        if there:
            points.append(f"{words}的{len(there)}个：{'；'.join(_said(s) for s in there)}。")
    silent = [s for s in inside if not s.row.answer]
    passed, waiting = [s for s in silent if s.unit["key"] in late], [s for s in silent if s.unit["key"] not in late]
    if passed:
        points.append(f"在规定时限内未反馈的{len(passed)}个：{'、'.join(s.unit['name'] for s in passed)}。未反馈不视为同意，也不视为反对。")
    if waiting:
        points.append(f"尚未答复的{len(waiting)}个：{'、'.join(s.unit['name'] for s in waiting)}。")
    return "\n".join([head, *(line.removeprefix(INDENT) for line in numbered(points))])


def _said(standing: Standing) -> str:
    """Who, when, with its reason or its conditions and how they stand."""
    last = standing.last
    if last is None:
        return who_when(standing)
    conditions = "；".join(f"{c['ordinal']}.{c['text'].rstrip('。；')}（{c['status_label']}）" for c in last["conditions"])
    more = "，".join(
        filter(None, (f"条件：{conditions}" if conditions else "", f"理由：{last['reason'].rstrip('。')}" if last["reason"] else ""))
    )
    return f"{who_when(standing)}{'，' if more else ''}{more}"
