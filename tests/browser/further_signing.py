"""A demo in which the conference asks for a second signature on replies: ``python -m tests.browser.further_signing``, on a copy of it.

Another edition is in force from then on, so it is no part of the demo in which all the other trips are made.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Final

import django

from tests.browser.further import _acting, _do

DISPUTED: Final = "150721-2026-0008"
"""Its notice is out, and some have acknowledged."""


def main() -> None:
    """An edition, and a case under it in which 那吉镇 is asked; its number is written to standard output."""
    django.setup()
    from dutygate.base.actions.clock import now, other_clock
    from dutygate.config.demo.clock import standing_clock

    with other_clock(standing_clock):
        today = now().date()
        _disputed(today)
        _edition(today)
        print(_asked(today))


def _disputed(today: date) -> None:
    """A notice of which the lead enters every receipt that is still owed from paper; then the case is done, and 向阳峪镇 objects."""
    from dutygate.base.actions.clock import now
    from dutygate.base.documents.storage import store
    from dutygate.base.notices.receipts import told
    from dutygate.config.demo.scan import scanned
    from dutygate.features.cases.sections import directory_now
    from dutygate.features.cases.showing import reading_of

    lead = _acting("bianban", today)
    directory, case = directory_now(lead), reading_of(lead, DISPUTED, now()).case
    for place, unit in enumerate(sorted(told(case.id).pending), start=1):
        number = f"回执〔2026〕{place}号"
        scan = store(lead, f"{number}.pdf", io.BytesIO(scanned(number, "已收到。")), now()).digest
        paper = {"entered_for": directory.unit(unit).key, "document_number": number, "signed_on": today, "scan": scan}
        _do(today, "bianban", "notice.acknowledge", DISPUTED, **paper)
    _do(today, "xiangyangyu", "notice.contest", DISPUTED, reason="这份回执不是我镇签的。")


def _edition(today: date) -> None:
    """Drafted and published by the lead, checked as the worker does."""
    from django.apps import apps

    from dutygate.base.actions.perform import perform, system_acting
    from dutygate.base.organizations.queries import public_jurisdiction

    place = public_jurisdiction("150721")
    assert place is not None
    changed = {"second_signature": {"values": {"all": "consultation.reply"}}}
    made = _do(today, "bianban", "edition.draft", "150721", name="arun_2027_9", parameters=changed)
    draft = apps.get_model("editions", "EditionDraft")._default_manager.get(pk=int(made.result["draft"]))
    found: dict[str, Any] = {"draft": str(draft.id), "digest": draft.digest, "whole": False, "states": 7, "problems": ()}
    perform(system_acting(place.id, "150721"), "edition.check", "150721", found, via="job")
    said = {"document_number": "阿党办发〔2027〕1号", "dated_on": today, "in_force_from": today}
    _do(today, "bianban", "edition.publish", "150721", draft=str(draft.id), **said)


def _asked(today: date) -> str:
    from tests.journey import BASES, ITEMS, SAFEGUARDS

    given = {"track": "regular", "declared_class": "public_service", "mode": "assign", "acts_in_name_of": "以乡镇名义"}
    opened = _do(today, "lincao", "case.open", "150721", title="林草防火巡护宣传", necessity="入户宣传须由熟悉各村情况的乡镇承担", **given)
    case = str(opened.result["number"])
    _do(today, "lincao", "application.edit", case, items=ITEMS, safeguards=SAFEGUARDS, bases=BASES, townships=["naji"])
    _do(today, "lincao", "consultation.request", case, document_number="阿林草函〔2026〕36号")
    return case


if __name__ == "__main__":
    main()
