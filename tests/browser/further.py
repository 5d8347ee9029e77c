"""What the demo's year has none of on its last day, so that every page has something to show: ``python -m tests.browser.further``.

Run by ``served.made`` on the demo that it has just made; everything goes through the one door, as the demo itself does.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import django


def main() -> None:
    """A notice to be issued, a department to be heard, a reply on paper to be looked at, a correction to be confirmed, a check made."""
    django.setup()
    from dutygate.base.actions.clock import now, other_clock
    from dutygate.base.documents.storage import store
    from dutygate.config.demo.clock import standing_clock
    from dutygate.config.demo.scan import scanned

    with other_clock(standing_clock):
        today = now().date()
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
        _check(today)


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


def _do(day: date, username: str, action: str, subject: str, **payload: Any) -> None:
    from dutygate.base.actions.perform import perform

    perform(_acting(username, day), action, subject, payload, via="import")


if __name__ == "__main__":
    main()
