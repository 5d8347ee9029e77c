"""What the demo's year has none of on its last day, so that every page has something to show: ``python -m tests.browser.further``.

Run by ``served.made`` on the demo that it has just made; everything goes through the one door, as the demo itself does.
"""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any, Final

import django

from tests.browser.further_conference import meetings
from tests.browser.further_lists import more
from tests.browser.further_orders import orders


def main() -> None:
    """A notice to be issued, a department to be heard, a reply on paper to be looked at, a correction to be confirmed, an exit, a check."""
    django.setup()
    from dutygate.base.actions.clock import now, other_clock
    from dutygate.base.actions.days import local_day
    from dutygate.base.documents.storage import store
    from dutygate.config.demo.clock import standing_clock
    from dutygate.config.demo.scan import scanned

    with other_clock(standing_clock):
        today = local_day(now())
        _do(
            today,
            "shizheng",
            "decision.record",
            "150721-2026-0004",
            body="city_government",
            outcome="for",
            **_paper("呼政字〔2026〕88号", today),
        )
        _do(today, "bianban", "review.ask_department", "150721-2026-0005", departments=["150721.finance"])
        number = "亚政函〔2026〕9号"
        scan = store(_acting("yibao", today), f"{number}.pdf", io.BytesIO(scanned(number, "同意。")), now()).digest
        on_paper = {"entered_for": "150721.yadong", "document_number": number, "signed_on": today, "scan": scan}
        _do(today, "yibao", "consultation.reply", "150721-2026-0012", answer="agree", **on_paper)
        wrong = {"target": "opinion:150721.naji", "field": "reason", "new": "同意。", "reason": "录入有误"}
        _do(today, "naji", "record.correct", "150721-2026-0010", **wrong)
        _silent_department(today)
        more(today, _do, _acting)
        _verbs(today, store, scanned)
        meetings(today, _do)
        orders(today, _acting)
        _check(today)


SILENT: Final = "150721-D-0005"
"""The duty that 亚东镇 wants off its list; the department that handed it over was asked thirty days ago, and said nothing."""


def _silent_department(today: date) -> None:
    """An exit that a township asks for (4.4). What was done earlier is entered today, as from papers."""
    from dutygate.base.actions.clock import now

    then = now() - timedelta(days=30)
    asked = {"kind": "exit", "duty": SILENT, "reason": "safeguards_not_kept", "reason_words": "培训和经费一直没有兑现。"}
    opened = _do(today, "yadong", "case.open", "150721", at=then, **asked)
    number = str(opened.result["number"])
    items = {
        "exit_reason": "承诺的培训没有办过，经费没有拨付，镇里已经无力承担。",
        "work_under_way": "已经代收的申请由镇里在十日内全部转送完毕。",
        "taken_over_by": "由旗农牧局设在镇上的服务站直接受理。",
        "support_settled": "没有拨付过经费，没有派来的人员和设备。",
    }
    _do(today, "yadong", "application.edit", number, at=then, items=items)
    _do(today, "yadong", "consultation.request", number, at=then, document_number="亚政函〔2026〕31号")


def _verbs(today: date, store: Any, scanned: Any) -> None:
    """A notice handed over, a receipt from paper that may be contested, a case circulated, two letters that one answer may answer."""
    from dutygate.base.actions.clock import now
    from tests.journey import BASES, ITEMS, SAFEGUARDS

    told = {"units": ["150721.xiangyangyu"], "how": "post", "delivered_on": today, "parcel": "XA12345678", "to_whom": "收发室"}
    _do(today, "bianban", "notice.deliver", "150721-2026-0008", **told)
    number = "阿政数函〔2026〕3号"
    scan = store(_acting("bianban", today), f"{number}.pdf", io.BytesIO(scanned(number, "已收到。")), now()).digest
    paper = {"entered_for": "150721.services_bureau", "document_number": number, "signed_on": today, "scan": scan}
    _do(today, "bianban", "notice.acknowledge", "150721-2026-0006", **paper)
    _do(today, "naji", "case.circulate", "150721-2026-0012", users=["naji_qf"], note="请阅示。")
    given = {"track": "regular", "declared_class": "public_service", "mode": "assign", "acts_in_name_of": "以乡镇名义"}
    for title in ("林草防火宣传", "林草有害生物防治宣传"):
        opened = _do(today, "lincao", "case.open", "150721", title=title, necessity="入户宣传须由熟悉各村情况的乡镇承担", **given)
        case = str(opened.result["number"])
        _do(today, "lincao", "application.edit", case, items=ITEMS, safeguards=SAFEGUARDS, bases=BASES, townships=["naji"])
        _do(today, "lincao", "consultation.request", case, document_number="阿林草函〔2026〕31号")


def _check(day: date) -> None:
    """The auditor has the open tasks checked."""
    from dutygate.base.actions.clock import now
    from dutygate.features.audit.asking import ask_check, take_next
    from dutygate.features.audit.running import run_check

    ask_check(_acting("shenji", day), "tasks", [], now())
    taken = take_next(now())
    assert taken is not None
    assert run_check(taken)


def _paper(number: str, day: date) -> dict[str, Any]:
    return {"document_number": number, "dated_on": day}


def _acting(username: str, day: date) -> Any:
    from dutygate.base.organizations.queries import public_acting_posts_of, public_user_id

    user_id = public_user_id(username)
    assert user_id is not None
    return public_acting_posts_of(user_id, day)[0]


def _do(day: date, username: str, action: str, subject: str, *, at: datetime | None = None, **payload: Any) -> Any:
    from dutygate.base.actions.perform import perform

    return perform(_acting(username, day), action, subject, payload, via="import", at=at)


if __name__ == "__main__":
    main()
