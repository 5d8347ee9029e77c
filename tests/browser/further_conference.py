"""Meetings for the pages: one that was held and whose minutes are open, one that is called, what the conference has set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

BANNER: Final = "150721"


def meetings(today: date, do: Callable[..., Any]) -> None:
    """``do`` performs as somebody."""
    case = _under_review(today, do)
    held = do(today, "bianban", "conference.convene", BANNER, form="meeting", held_on=today, place="三楼会议室", cases=[case]).result[
        "meeting"
    ]
    came = [{"unit": f"{BANNER}.{unit}", "how": "present", "person": "参会人"} for unit in ("lead_office", "justice")]
    came += [{"unit": f"{BANNER}.services_bureau", "how": "absent"}, {"unit": f"{BANNER}.forestry", "how": "sits_in", "person": "列席人"}]
    do(today, "bianban", "conference.attendance", held, attendance=came, chair="吴国栋", recorder="何丽娟")
    do(today, "bianban", "conference.conclude_item", held, case=case, outcome="admit", text="同意，由那吉镇协助。")
    do(today, "bianban", "conference.minutes", held, text="纪要第一稿。")
    do(today, "bianban", "conference.convene", BANNER, form="written", reply_by=today + timedelta(days=10), note="请书面答复。")
    limits = {"urge_interval": {"all": 2}, "second_signature": {"all": "review.extend"}}
    do(today, "bianban", "conference.adopt", f"{BANNER}-M-0001", parameters=limits, effective_from=today + timedelta(days=2))


def _under_review(today: date, do: Callable[..., Any]) -> str:
    """A case of 林草局 that has been accepted."""
    from tests.journey import BASES, ITEMS, SAFEGUARDS

    given = {"track": "regular", "declared_class": "public_service", "mode": "assign", "acts_in_name_of": "以乡镇名义"}
    opened = do(today, "lincao", "case.open", BANNER, title="林草防火物资登记", necessity="须由熟悉各村情况的乡镇协助", **given)
    case = str(opened.result["number"])
    do(today, "lincao", "application.edit", case, items=ITEMS, safeguards=SAFEGUARDS, bases=BASES, townships=["naji"])
    do(today, "lincao", "consultation.request", case, document_number="阿林草函〔2026〕41号")
    do(today, "naji", "consultation.reply", case, answer="agree", reason="同意。")
    do(today, "lincao", "consultation.conclude", case, negotiated_opinion="那吉镇同意。")
    do(today, "lincao", "application.submit", case, document_number="阿林草函〔2026〕42号", signed_on=today)
    do(today, "bianban", "review.accept", case)
    return case
