"""The permission matrix over HTTP (Articles 1, 3, 4.1-4.4): for each action and post one cell that is allowed and one that is not.

Which cells these are is read from the matrix written by hand; `law/procedure/tests` compares every cell with `decide`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.registry import all_actions
from dutygate.base.organizations import snapshots
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register import law_here
from tests.journey import BANNER, Journey
from tests.rows import rows
from tests.trips.calling import Answer, Caller
from tests.trips.scenes import case_payload, case_scene, office_call
from tests.world import World

pytestmark = pytest.mark.once
MATRIX = Path(__file__).parents[1] / "matrix" / "permission_matrix.csv"
PERSON = {
    "department_outsider": "water",
    "initiator": "forestry",
    "township_asked": "naji",
    "township_outsider": "outsider",
    "lead": "lead",
    "legal": "legal",
    "services": "services",
    "member": "agriculture",
    "department_asked": "finance",
    "banner_committee": "committee",
    "banner_government": "government",
    "city_government": "city",
    "notified": "naji",
    "task_holder": "forestry",
    "entered_it": "naji",
    "system_admin": "system_admin",
    "security_admin": "security_admin",
    "audit_admin": "audit_admin",
    "self": "naji",
}
PART_ALONE = {"notified", "task_holder", "entered_it", "self", "member", "department_asked"}
"""Roles of people who hold another role beside: what they may not do is asked of those who hold that other role alone."""
NOT_A_STEP = {"basis.confirm", "basis.correct", "basis.amend", "basis.repeal", "token.revoke"}
NOT_A_STEP |= {"document.adopt_template", "document.attach_scan", "document.void"}
NOT_A_STEP |= {"support.deliver", "support.confirm", "support.dispute", "support.settle", "duty.review"}
NOT_A_STEP |= {"deployment.withdraw"}
NOT_A_STEP |= {"list.register_baseline", "list.import", "list.correct", "list.publish", "case.mark_read"}
NOT_A_STEP |= {f"conference.{step}" for step in ("agenda", "attendance", "conclude_item", "minutes", "adopt")}
NOT_A_STEP |= {f"signature.{step}" for step in ("prepare", "sign", "return", "take_back")}
"""They need the id of a row, a file, what stands on a list, or what was circulated to the very person or prepared by a colleague: their
own tests have it.
"""


def matrix() -> list[dict[str, str]]:
    """The rows as they are written."""
    lines = [line for line in MATRIX.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


ROWS = [row for row in matrix() if row["role"] in PERSON and row["action"] not in NOT_A_STEP]
OF_A_DUTY = {("case.open", "township_outsider")}
"""A township opens the exit or the adjustment of a duty that it carries: their own tests do."""
ALLOWED = [(row["action"], row["role"]) for row in ROWS if "x" in row.values() and (row["action"], row["role"]) not in OF_A_DUTY]


def of_the_system(action: str) -> bool:
    """Whether no person does it at all."""
    found = all_actions().get(action)
    return found is None or found.internal


@contextmanager
def nothing_stays() -> Iterator[None]:
    """What happens here is undone, and what is known of offices and law is what it was."""
    known = dict(snapshots._kept), dict(law_here._kept)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_directories()
    snapshots._kept.update(known[0])
    law_here._kept.update(known[1])


@pytest.fixture
def everybody(caller: Callable[[str], Caller]) -> Callable[[str], Caller]:
    """Each has a token from the beginning: what is done then begins with the same history each time, and is done once."""
    for person in dict.fromkeys(("naji2", "liuhe", *PERSON.values())):
        caller(person)
    return caller


def a_member(world: World) -> None:
    """旗农牧局 becomes an appointed member of the conference."""
    seat = {"seat": "member", "unit": world.key("agriculture"), "valid_from": world.today}
    perform(system_acting(), "unit.take_seat", BANNER, seat, via="import")


def expected_of(action: str, payload: dict[str, Any]) -> dict[str, int] | None:
    """What an action that is no step of a case is based on, where it is based on anything."""
    if action == "edition.publish":
        return {"draft": 1}
    if action == "document.issue" and payload.get("cases") and payload["kind"] != "request_city":
        return {"case": rows("cases.Case").get(number=payload["cases"][0]).version}
    return None


def done(world: World, caller: Caller, action: str, role: str) -> Answer:
    """The action by that role where it may be done."""
    steps = ("application.", "consultation.", "review.", "decision.", "notice.", "case.", "record.", "edition.move_case")
    office = action in ("case.open", "decision.record_set", "consultation.reply_set") or not action.startswith(steps)
    if office:
        subject, payload = office_call(world, action, role)
        return caller.act(action, subject, payload, expected=expected_of(action, payload))
    journey, payload = case_scene(world, action, role)
    if role == "member":
        a_member(world)
    return caller.act(action, journey.number, payload)


def test_every_allowed_role_may(world: World, everybody: Callable[[str], Caller]) -> None:
    """Whoever has an x somewhere in a row is let through there: 200, and one entry of that action."""
    wrong = []
    for action, role in ALLOWED:
        person = "naji2" if (action, role) == ("record.confirm", "entered_it") else PERSON[role]
        who = everybody(person)
        with nothing_stays():
            answer = done(world, who, action, role)
            entered = rows("register.Entry", action=action, outcome="permitted", user_id=world.people[person].user_id).exists()
        if answer.status != 200 or not entered:
            wrong.append((action, role, answer.status, answer.data))
    assert wrong == []


STATES = ("drafting", "consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision", "city_decision")
STATES += ("approved", "refused", "done", "withdrawn")


def denied() -> dict[tuple[str, str], str]:
    """Steps of a case: action and role -> a state in which that cell has no x."""
    found = {}
    for row in ROWS:
        action, role = row["action"], row["role"]
        if role in PART_ALONE or action in ("decision.record_set", "consultation.reply_set") or of_the_system(action):
            continue
        if (action.split(".")[0] in OFFICE_GROUPS and action != "edition.move_case") or action == "case.open":
            continue
        # Where there is something to correct; where nobody owes anything.
        first = {"record": ["agreed"], "case": ["done"], "edition": ["done"]}.get(action.split(".")[0], [])
        if (state := next((s for s in [*first, *STATES] if row[s] != "x"), None)) is not None:
            found[action, role] = state
    return found


def test_every_other_role_may_not(world: World, everybody: Callable[[str], Caller]) -> None:
    """A cell without an x, for each action and role: 403, 404 or 409, nothing changed, nothing entered."""
    wrong, cells = [], denied()
    assert len(cells) > 300
    for state in dict.fromkeys(cells.values()):
        with nothing_stays():
            case = _standing(world, state)
            before = rows("register.Entry").count()
            for person in {_person(role) for _action, role in cells}:
                everybody(person).steps = {}  # nothing is changed here
            for (action, role), where in cells.items():
                if where == state:
                    answer = everybody(_person(role)).act(action, case.number, _payload(world, action))
                    if answer.status not in (403, 404, 409):
                        wrong.append((action, role, state, answer.status, answer.data))
            assert rows("register.Entry").count() == before
    assert wrong == []


def _person(role: str) -> str:
    return "liuhe" if role == "township_asked" else PERSON[role]  # 那吉镇 entered what is to be corrected


def _standing(world: World, state: str) -> Journey:
    """A case in that state; where there are words, one is being corrected."""
    case = Journey(world).up_to(state)
    if state == "agreed":
        case.do("naji", "record.correct", target="opinion:naji", field="reason", new="同意", reason="录入有误")
    return case


def _payload(world: World, action: str) -> dict[str, Any]:
    """A payload of the right form."""
    return case_payload(world, action, "lead" if action == "review.assess" else "banner_government")


OFFICE_GROUPS = {
    "basis",
    "conference",
    "document",
    "jurisdiction",
    "unit",
    "user",
    "post",
    "token",
    "calendar",
    "duty",
    "list",
    "edition",
    "law",
    "deployment",
    "taskcheck",
}


def denied_of_office() -> list[tuple[str, str]]:
    """Actions that are no steps of a case: the roles that have no x anywhere."""
    found = []
    for row in ROWS:
        action, role = row["action"], row["role"]
        office = action.split(".")[0] in OFFICE_GROUPS - {"duty"} or action == "case.open"
        mine = action == "token.issue" or (action == "case.open" and role in ("initiator", "lead", "legal", "services", "township_asked"))
        if action == "edition.move_case" or (action, role) == ("law.interpret", "lead"):
            continue  # a step of a case; and the lead's office is the interpreter
        if action in ("law.ask", "taskcheck.keep") and role in ("initiator", "township_asked"):
            continue  # whoever has no part in a case still acts for a department or a township
        if not office or mine or role in PART_ALONE or "x" in row.values() or of_the_system(action):
            continue
        found.append((action, role))
    return found


def test_every_other_role_may_not_administer(world: World, everybody: Callable[[str], Caller]) -> None:
    """Whoever has no x is refused, and nothing is entered."""
    wrong = []
    assert len(denied_of_office()) > 100
    for action, role in denied_of_office():
        who = everybody(PERSON[role])
        with nothing_stays():
            subject, payload = office_call(world, action, role)
            before = rows("register.Entry").count()
            answer = who.act(action, subject, payload)
            entered = rows("register.Entry").count() - before
        if answer.status not in (403, 404) or entered:
            wrong.append((action, role, answer.status, answer.data))
    assert wrong == []
