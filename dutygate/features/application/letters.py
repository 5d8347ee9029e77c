"""函、复函、协商意见: drafts of the papers of a consultation (4.1), made of what is known; in Chinese, whatever the page speaks.

Each is a proposal that an office may change before it is signed; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings

from dutygate.base.actions.month_days import month_day_zh
from dutygate.base.ui.templatetags.dutygate import yuan
from dutygate.features.application.standing import Standing
from dutygate.law.regulation.edition import Edition

MODES: Final = {"entrust": "委托", "assign": "交由"}
NUMERALS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
SUPPORT: Final = {"funding": "工作经费", "technical": "技术力量", "training": "业务培训", "other": "其他保障"}
INDENT: Final = "　　"


def day_zh(value: date | datetime | None) -> str:
    """2026年11月20日, in the jurisdiction's time zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return f"{value.year}年{value.month}月{value.day}日"


def numbered(lines: Iterable[str]) -> list[str]:
    """一、二、三、…"""
    return [f"{INDENT}{NUMERALS[n] if n < len(NUMERALS) else n + 1}、{line}" for n, line in enumerate(lines)]


def signed(unit: str, on: date | datetime) -> list[str]:
    """The foot of a letter."""
    return ["", f"{INDENT * 8}{unit}", f"{INDENT * 8}{day_zh(on)}"]


def _ends(case: Any) -> str:
    if case.track == "temporary" and case.ends_on:
        return f"阶段性、临时性任务，到{day_zh(case.ends_on)}为止（含当天）"
    return "阶段性、临时性任务" if case.track == "temporary" else "常态化事项，没有截止日期"


def support_zh(row: Any) -> str:
    """One safeguard in a line."""
    name = SUPPORT.get(row["kind"], row["kind"])
    if not row["needed"]:
        return f"{name}：不需要" + (f"（{row['note']}）" if row["note"] else "")
    amount = f"每个乡镇{'每年' if row.get('yearly') else ''}{yuan(row['amount_fen'])}元" if row["amount_fen"] is not None else ""
    due = f"{month_day_zh(row['due'])}前给到" if row.get("due") else ""
    return f"{name}：" + ("，".join(filter(None, (amount, due, row["note"]))) or "提供")


def request_letter(
    *,
    case: Any,
    edition: Edition,
    initiator: str,
    townships: Sequence[str],
    content: str,
    support: Sequence[dict[str, Any]],
    due: date | None,
    on: date,
    again: Sequence[str] = (),
) -> str:
    """征求意见函. ``again``: what was changed since the last round; then it asks once more."""
    once_more = "再次" if case.round else ""
    measures = f"《{edition.title.zh}》（{edition.document_number}）"
    hands_over = f"我单位拟将“{case.title}”{MODES.get(case.mode, '交由')}贵单位承担"
    asks = f"{INDENT}根据{measures}第一条、第四条（一），{hands_over}，现{once_more}书面征求意见。"
    points = [f"事项类别：{_ends(case)}。"]
    if content:
        points.append(f"主要内容：{content}")
    common = [row for row in support if not row["own"]]
    if common:
        points.append("保障措施：" + "；".join(support_zh({**row, "yearly": case.track != "temporary"}) for row in common) + "。")
    if again:
        points.append(f"上一轮以后改动的内容：{'、'.join(again)}。")
    until = f"请于{day_zh(due)}前" if due else "请"
    points.append(f"{until}书面答复：同意、附条件同意或者不同意。附条件的，请逐条写明条件；不同意的，请写明理由。")
    points.append("不答复不视为同意。")
    whole = f"{INDENT}申请内容全文（编号{case.number}，第{case.revision}版）附后。"
    head = [f"关于{once_more}征求“{case.title}”准入意见的函", "", f"{'、'.join(townships)}："]
    return "\n".join([*head, asks, *numbered(points), whole, f"{INDENT}特此函达。", *signed(initiator, on)])


def reply_letter(
    *,
    case: Any,
    initiator: str,
    township: str,
    asked: Any,
    answer: str,
    reason: str,
    conditions: Sequence[str],
    on: date | datetime,
    revision: int = 0,
) -> str:
    """复函: the township's answer as it would go out on paper; "" while no answer is chosen."""
    said = {
        "agree": f"我单位同意承担“{case.title}”（第{revision or case.revision}版）。",
        "agree_with_conditions": f"我单位附条件同意承担“{case.title}”（第{revision or case.revision}版）。下列条件了结以前，不算协商一致：",
        "disagree": f"我单位不同意承担“{case.title}”（第{revision or case.revision}版）。",
    }.get(answer)
    if said is None:
        return ""
    number = f"（{asked.document_number}）" if asked is not None and asked.document_number else ""
    received = f"{INDENT}贵单位{day_zh(asked.requested_at) if asked is not None else ''}征求意见的来函{number}收悉。经研究，答复如下："
    lines = [said]
    if answer == "agree_with_conditions":
        lines += [f"（{n}）{text}" for n, text in enumerate(conditions, start=1)]
    if reason:
        lines.append(f"{'理由' if answer == 'disagree' else '说明'}：{reason}")
    head = [f"关于“{case.title}”准入意见的复函", "", f"{initiator}："]
    return "\n".join([*head, received, *(f"{INDENT}{line}" for line in lines), f"{INDENT}特此函复。", *signed(township, on)])


def negotiated_opinion(*, case: Any, initiator: str, standings: Sequence[Standing]) -> str:
    """协商意见: who agreed when, which conditions there were and how they were settled, who left."""
    inside = [s for s in standings if s.row.in_scope]
    plain = [s for s in inside if s.row.answer != "agree_with_conditions" and s.consents]
    conditional = [s for s in inside if s.row.answer == "agree_with_conditions" and s.consents]
    waiting = [s for s in inside if not s.consents]
    left = [s for s in standings if not s.row.in_scope and s.row.left_reason]
    rounds = f"，共{case.round}轮" if case.round > 1 else ""
    head = f"{initiator}就“{case.title}”向{len(inside)}个乡镇书面征求意见{rounds}，对第{case.revision}版内容的意见如下："
    points = []
    if plain:
        points.append(f"同意的{len(plain)}个：{'；'.join(who_when(s) for s in plain)}。")
    if conditional:
        points.append(f"附条件同意、条件已经了结的{len(conditional)}个：{''.join(_conditions(s) for s in conditional)}")
    if waiting:
        points.append(f"尚未取得一致的{len(waiting)}个：{'、'.join(s.unit['name'] for s in waiting)}。")
    if left:
        points.append("调出范围的：" + "；".join(f"{s.unit['name']}（{s.row.left_reason}）" for s in left) + "。")
    end = "以上乡镇均已书面同意，协商一致。" if inside and not waiting else ""
    return "\n".join(filter(None, (head, *(line.removeprefix(INDENT) for line in numbered(points)), end)))


def who_when(standing: Standing) -> str:
    """Who answered, on which day and by which document."""
    last = standing.last
    if last is None:
        return standing.unit["name"]
    number = f"，{last['document_number']}" if last["document_number"] else ""
    return f"{standing.unit['name']}（{day_zh(last['signed_on'] or last['replied_at'])}{number}）"


def _conditions(standing: Standing) -> str:
    last = standing.last
    if last is None:
        return who_when(standing)
    asked = "；".join(f"{c['ordinal']}.{c['text'].rstrip('。；')}" for c in last["conditions"])
    settled = [step for step in last["steps"] if step["kind"] in ("accept", "withdraw")]
    answered = [step for step in last["steps"] if step["kind"] == "answered"]
    how = {"accept": "该乡镇接受回应", "withdraw": "该乡镇撤回条件"}
    end = f"{day_zh(settled[-1]['at'])}{how[settled[-1]['kind']]}" if settled else "条件已经了结"
    said = f"申请单位回应：{answered[-1]['text'].rstrip('。')}；" if answered else ""
    return f"\n{who_when(standing)}。条件：{asked}。{said}{end}。"
