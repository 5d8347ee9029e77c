"""Both tracks from the first letter to the list, as a program sends them: ten people, one step each at a time (Article 4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.journey import BASES, ITEMS, POINTS, SAFEGUARDS
from tests.world import BANNER, World

TEN = ("forestry", "naji", "liuhe", "yadong", "lead", "legal", "services", "committee", "government", "city")
Act = Callable[[str, str, str, dict[str, Any]], dict[str, Any]]
"""(role, action, subject, payload) -> the outcome as JSON."""


def whole(world: World, act: Act, track: str, townships: tuple[str, ...]) -> str:
    """One case from its opening until everybody has acknowledged; the case's number."""
    day = world.today.isoformat()
    ends = (world.today + timedelta(days=60)).isoformat() if track == "temporary" else None
    opened = act("forestry", "case.open", BANNER, {"title": f"林草防火宣传（{track}）", "track": track, "declared_class": "public_service"})
    number = str(opened["result"]["number"])
    declared = {"mode": "assign", "acts_in_name_of": "以乡镇名义", "necessity": "入户宣传须由熟悉各村情况的乡镇承担", "ends_on": ends}
    text = {"items": ITEMS, "safeguards": list(SAFEGUARDS), "bases": list(BASES), "townships": list(townships)}
    act("forestry", "application.edit", number, {**declared, **text})
    act("forestry", "consultation.request", number, {"document_number": "阿林草函〔2026〕1号"})
    for township in townships:
        act(township, "consultation.reply", number, {"answer": "agree"})
    act("forestry", "consultation.conclude", number, {"negotiated_opinion": "各乡镇均同意。"})
    act("forestry", "application.submit", number, {"signed_on": day, "document_number": "阿林草发〔2026〕1号"})
    act("lead", "review.accept", number, {})
    for seat in ("lead", "legal", "services"):
        found: dict[str, Any] = {"seat": seat, "recommends": "admit", "points": {point: {"finding": "ok"} for point in POINTS}}
        found |= {"excluded_power": "none", "emergency": "none"} if seat == "legal" else {}
        found |= {"necessity": "necessary"} if seat == "lead" else {}
        act(seat, "review.assess", number, found)
    concluded = {"outcome": "admit", "text": "拟准予准入。", "no_other_concerned": "不涉及其他部门职责"}
    act("lead", "review.conclude", number, concluded)
    act("lead", "decision.submit_to_banner", number, {"document_number": "阿编办请〔2026〕1号", "dated_on": day})
    for role in ("committee", "government"):
        act(role, "decision.record", number, _decision(f"banner_{role}", f"阿批〔2026〕{role}号", day))
    if track == "regular":
        act("government", "decision.submit_to_city", number, {"document_number": "阿政请〔2026〕1号", "dated_on": day})
        act("city", "decision.record", number, _decision("city_government", "呼政批〔2026〕1号", day))
    act("lead", "notice.issue", number, {"document_number": "阿编办发〔2026〕1号", "dated_on": day})
    for role in ("forestry", *townships, "legal", "services"):
        act(role, "notice.acknowledge", number, {})
    return number


def _decision(body: str, document: str, day: str) -> dict[str, Any]:
    return {"body": body, "outcome": "for", "document_number": document, "dated_on": day}
