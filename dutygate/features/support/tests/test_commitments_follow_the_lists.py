"""Article 5: what was promised with a duty is owed from its admission on, for each year, and no longer than the lists say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.features.support.queries import public_astray
from tests.journey import BANNER, Journey
from tests.leaving import Leaving, Time, admitted
from tests.rows import rows
from tests.world import World


def owed(**of: Any) -> list[tuple[str, str, str, int, int, str]]:
    """(township, kind, measure, promised, released, due day), by township."""
    found = rows("support.Commitment", **of).select_related("township").order_by("township__key", "year", "kind", "ordinal")
    return [(c.township.key.partition(".")[2], c.kind, c.measure, c.promised, c.released, c.due_on.isoformat()) for c in found]


def test_an_admission_brings_a_commitment_for_each_township_and_kind(world: World, time: Time) -> None:
    code = admitted(world)
    pledge = rows("support.Pledge").get()
    assert (pledge.code, pledge.year, pledge.duty.code, pledge.department_id) == ("150721-B-0001", 2026, code, world.unit_id("forestry"))
    assert owed(township=world.unit_id("naji")) == [
        ("naji", "funding", "fen", 2_000_000, 0, "2026-12-31"),
        ("naji", "technical", "item", 1, 0, "2026-12-31"),
    ]
    assert rows("support.Commitment").count() == 2 * len(world.townships)
    entry = rows("register.Entry", action="support.undertake").get()
    assert entry.via == "follow-up"
    task = rows("actions.OpenTask", action="support.deliver").get()
    assert (task.unit_id, task.due_on, task.subject) == (world.unit_id("forestry"), date(2026, 12, 31), pledge.code)
    assert verify_tasks(world.today) == [] and public_astray() == []


def test_a_temporary_duty_owes_once_by_its_last_day(world: World, time: Time) -> None:
    admitted(world, "temporary")
    last = rows("lists.Duty").get().ends_on
    assert {due for *_rest, due in owed()} == {last.isoformat()}
    time.pass_by(400)
    sweep()
    assert rows("support.Pledge").count() == 1


def test_a_term_that_ends_in_another_year_is_owed_from_its_beginning(world: World, time: Time) -> None:
    admitted(world, "temporary", ends_on=date(2027, 2, 28))
    assert {(year, due) for year, due in rows("support.Commitment").values_list("year", "due_on")} == {(2027, date(2027, 2, 28))}


def test_each_year_is_owed_anew_while_the_duty_is_in_force(world: World, time: Time) -> None:
    code = admitted(world)
    time.pass_by(365)
    assert sweep().done.get("support.undertake") == 1
    assert {c.year for c in rows("support.Commitment", duty__code=code)} == {2026, 2027}
    assert sweep().done.get("support.undertake") is None
    assert verify_tasks(world.today) == [] and public_astray() == []


def test_what_falls_due_after_the_exit_is_no_longer_owed(world: World, time: Time) -> None:
    code = admitted(world)
    first = rows("support.Commitment", township=world.unit_id("naji"), measure="fen").get()
    given = {"lines": [{"commitment": f"{first.pledge.code}.{first.ordinal}", "amount_fen": 500_000}], "voucher_number": "拨〔2026〕1号"}
    Journey(world).do("forestry", "support.deliver", subject=first.pledge.code, delivered_on=world.today, **given)
    leaving = Leaving(world, initiator="forestry", duty=code)
    leaving.up_to("done")
    assert owed(township=world.unit_id("naji"), measure="fen") == [("naji", "funding", "fen", 2_000_000, 1_500_000, "2026-12-31")]
    assert owed(township=world.unit_id("liuhe"), measure="fen") == [("liuhe", "funding", "fen", 2_000_000, 2_000_000, "2026-12-31")]
    time.pass_by(365)
    sweep()
    assert rows("support.Pledge").count() == 1
    assert verify_tasks(world.today) == [] and public_astray() == []


def test_an_adjustment_changes_what_is_still_to_come(world: World, time: Time) -> None:
    code = admitted(world)
    case = Leaving(world, initiator="forestry", duty=code, kind="adjustment")
    case.open()
    more = [{"kind": "funding", "needed": True, "amount_fen": 3_000_000, "note": "提高标准"}]
    case.fill(safeguards=more)
    for step_to in ("consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done"):
        for step in case._steps(step_to, "regular"):
            step()
    assert owed(township=world.unit_id("naji"), kind="funding") == [
        ("naji", "funding", "fen", 2_000_000, 0, "2026-12-31"),
        ("naji", "funding", "fen", 1_000_000, 0, "2026-12-31"),
    ]
    assert {c.case.number for c in rows("support.Commitment", ordinal__gt=2 * len(world.townships))} == {case.number}


def test_commitments_pass_to_the_township_that_takes_over(world: World, time: Time) -> None:
    admitted(world)
    before = sum(c.promised - c.released for c in rows("support.Commitment", measure="fen"))
    later = world.today + timedelta(days=10)
    merged = {"units": [world.key("naji"), world.key("liuhe")], "new": {"slug": "naliu", "name": "那六镇"}, "valid_from": later}
    Journey(world).do("system_admin", "unit.merge", subject=BANNER, **merged, document="内政字〔2026〕9号")
    time.pass_by(10)
    assert sweep().failed == []
    assert sum(c.promised - c.released for c in rows("support.Commitment", measure="fen")) == before
    heirs = {c.township.key.partition(".")[2] for c in rows("support.Commitment").exclude(promised=0)}
    assert heirs == {"naliu", "yadong"}
    assert verify_tasks(world.today) == [] and public_astray() == []
