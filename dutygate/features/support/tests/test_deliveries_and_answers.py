"""Article 5: who delivers, confirms, disputes and settles, of what, and how much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotFound, Refused
from dutygate.features.support.queries import public_astray
from dutygate.features.support.tests.conftest import Ledger
from tests.journey import Journey
from tests.rows import rows


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def stands(ledger: Ledger, ref: str) -> tuple[int, int, int, int]:
    """Still to come, delivered, confirmed, disputed."""
    row = ledger.row(ref)
    return row.promised - row.released - row.delivered, row.delivered, row.confirmed, row.disputed


def test_a_whole_year_of_one_commitment(ledger: Ledger, scratch: None) -> None:
    naji, item, world = ledger.ref("naji"), ledger.ref("naji", "item"), ledger.world
    first, thing, other = ledger.deliver((naji, 1_200_000), (item, None), (ledger.ref("liuhe"), None))
    assert (first, stands(ledger, naji)) == (f"{naji}.1", (800_000, 1_200_000, 0, 0))
    ledger.answer("naji", {"delivery": first, "received_fen": 1_000_000, "disputed_fen": 200_000, "reason": "少到"}, {"delivery": thing})
    assert stands(ledger, naji) == (800_000, 1_200_000, 1_000_000, 200_000)
    assert stands(ledger, item) == (0, 1, 1, 0)
    owed = rows("actions.OpenTask", subject=ledger.pledge)
    assert set(owed.values_list("action", "unit_id")) == {
        ("support.deliver", world.unit_id("forestry")),
        ("support.settle", world.unit_id("lead")),
    }
    ledger.do("lead", "support.settle", ledger.pledge, lines=[{"delivery": first, "received_fen": 50_000}], reason="按回单")
    assert stands(ledger, naji) == (950_000, 1_050_000, 1_050_000, 0)
    ledger.deliver((naji, None), voucher_number="拨〔2026〕2号")
    ledger.answer("naji", {"delivery": f"{naji}.2"})
    assert stands(ledger, naji) == (0, 2_000_000, 2_000_000, 0)
    assert verify_tasks(world.today) == [] and public_astray() == []
    assert other == f"{ledger.ref('liuhe')}.1"
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_no_answer_is_the_departments_lateness_and_never_the_townships(ledger: Ledger) -> None:
    ledger.deliver(*((ledger.ref(slug, measure), None) for slug in ledger.world.townships for measure in ("fen", "item")))
    ledger.time.pass_by(310)
    assert ledger.world.today.isoformat() > "2026-12-31"
    late = rows("actions.OpenTask", due_on__lt=ledger.world.today, subject=ledger.pledge)
    assert set(late.values_list("action", "unit_id")) == {("support.deliver", ledger.world.unit_id("forestry"))}
    townships = [ledger.world.unit_id(slug) for slug in ledger.world.townships]
    assert not rows("actions.OpenTask", unit_id__in=townships).exists()
    before = rows("notices.OutboxMessage").count()
    assert sweep().done.get("task.remind", 0) >= 1
    reminded = rows("notices.OutboxMessage", kind="task_late").values_list("unit_id", flat=True)
    assert before and ledger.world.unit_id("forestry") in reminded and not set(reminded) & set(townships)


@pytest.mark.parametrize("who", ["agriculture", "lead", "naji", "outsider", "legal"])
def test_only_the_department_that_owes_it_delivers(ledger: Ledger, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        ledger.deliver((ledger.ref("naji"), None), who=who)


@pytest.mark.parametrize("who", ["forestry", "lead", "liuhe", "outsider", "city"])
def test_only_the_township_answers(ledger: Ledger, who: str) -> None:
    (given,) = ledger.deliver((ledger.ref("naji"), None))
    for action in ("support.confirm", "support.dispute"):
        with pytest.raises((NotAllowed, NotFound)):
            ledger.do(who, action, ledger.sheet("naji"), lines=[{"delivery": given, "reason": "没有"}])


def test_only_the_lead_settles(ledger: Ledger) -> None:
    (given,) = ledger.deliver((ledger.ref("naji"), None))
    ledger.answer("naji", {"delivery": given, "reason": "没有到"}, action="support.dispute")
    for who in ("forestry", "naji", "legal", "outsider", "government"):
        with pytest.raises((NotAllowed, NotFound)):
            ledger.do(who, "support.settle", ledger.pledge, lines=[{"delivery": given}], reason="核定")


def test_what_the_rules_refuse(ledger: Ledger) -> None:
    naji = ledger.ref("naji")
    with pytest.raises(Refused) as refused:
        ledger.deliver((naji, 2_000_001))
    assert codes(refused) == ["delivered_over_promise"]
    with pytest.raises(Refused) as refused:
        ledger.deliver((naji, 1), voucher_number="")
    assert codes(refused) == ["money_without_voucher"]
    with pytest.raises(Refused) as refused:
        ledger.deliver((ledger.ref("naji", "item"), None), given="")
    assert codes(refused) == ["delivery_without_words"]
    with pytest.raises(Malformed):
        ledger.deliver((naji, 1), delivered_on=ledger.world.today.replace(year=2027))
    (given,) = ledger.deliver((naji, 100))
    with pytest.raises(Refused) as refused:
        ledger.answer("naji", {"delivery": given, "received_fen": 60, "disputed_fen": 41, "reason": "少"})
    assert codes(refused) == ["answered_over_delivery"]
    with pytest.raises(Refused) as refused:
        ledger.answer("naji", {"delivery": given, "received_fen": 60, "disputed_fen": 40})
    assert codes(refused) == ["dispute_without_reason"]
    with pytest.raises(Refused) as refused:
        ledger.do("lead", "support.settle", ledger.pledge, lines=[{"delivery": given}], reason="核定")
    assert codes(refused) == ["settled_over_dispute"]
    ledger.answer("naji", {"delivery": given})
    with pytest.raises(Refused) as refused:
        ledger.answer("naji", {"delivery": given})
    assert codes(refused) == ["answered_over_delivery"]


def test_a_paper_that_another_unit_entered_may_be_disputed(ledger: Ledger, files: Path) -> None:
    naji = ledger.ref("naji")
    (given,) = ledger.deliver((naji, 500))
    paper: dict[str, Any] = {"on_paper": True, "document_number": "那政函〔2026〕3号", "signed_on": ledger.world.today}
    paper["scan"] = Journey(ledger.world).scan("forestry")
    ledger.do("forestry", "support.confirm", ledger.sheet("naji"), lines=[{"delivery": given}], **paper)
    assert stands(ledger, naji)[2:] == (500, 0)
    entry = rows("register.Entry", action="support.confirm").get()
    assert entry.entered_for == ledger.world.unit_id("naji")
    with pytest.raises((NotAllowed, NotFound)):
        ledger.do("agriculture", "support.confirm", ledger.sheet("naji"), lines=[{"delivery": given}], **paper)
    ledger.answer("naji", {"delivery": given, "disputed_fen": 200, "reason": "没有收到这么多"}, action="support.dispute")
    assert stands(ledger, naji)[2:] == (300, 200)
    assert public_astray() == [] and verify_tasks(ledger.world.today) == []
