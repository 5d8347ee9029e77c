"""Issue 2, must show: both tracks whole by `dutygate perform`, and what it says of what cannot be done; checks of the register."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.models import OpenTask
from dutygate.base.actions.now import open_to
from dutygate.base.register.models import Entry
from dutygate.config import cli
from dutygate.features.lists.queries import duties_of_township
from tests.editions import published
from tests.trips.whole import whole
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """(arguments, what stands on standard input) -> (exit status, lines of JSON, lines on standard error)."""

    def run(arguments: list[str], given: bytes = b"") -> tuple[int, list[Any], list[str]]:
        stdin = io.TextIOWrapper(io.BytesIO(given))
        monkeypatch.setattr(sys, "stdin", stdin)
        capsys.readouterr()
        status = cli.main(arguments)
        said = capsys.readouterr()
        lines = [json.loads(line) if line.startswith("{") else line for line in said.out.splitlines()]
        return status, lines, said.err.splitlines()

    return run


def as_lines(*calls: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(call, ensure_ascii=False, default=str) for call in calls).encode()


def user(role: str) -> str:
    return role.replace("_", ".")


@pytest.mark.parametrize(("track", "townships"), [("regular", ("naji", "liuhe", "yadong")), ("temporary", ("liuhe",))])
def test_the_whole_road_by_perform(world: World, command: Any, track: str, townships: tuple[str, ...]):
    def act(role: str, action: str, subject: str, payload: dict[str, Any]) -> dict[str, Any]:
        call = {"user": user(role), "action": action, "subject": subject, "payload": payload}
        if "-" in subject:
            steps = open_to(world.people[role], subject, clock.now()).steps
            call["expected"] = next(step.expected for step in steps if step.action == action) or None
        status, lines, errors = command(["perform"], as_lines(call))
        assert (status, errors) == (0, []), lines
        assert lines[0].pop("ok") is True
        return dict(lines[0])

    number = whole(world, act, track, townships)
    lists = {slug: duties_of_township(world.people["lead"], unit, world.today) for slug, unit in _units(world).items()}
    assert {slug for slug, lines in lists.items() if lines} == set(townships)
    assert set(Entry.objects.filter(subject=number).exclude(via="follow-up").values_list("via", flat=True)) == {"cli"}
    assert command(["register", "verify"])[0] == 0
    assert command(["tasks", "verify"])[0] == 0


def _units(world: World) -> dict[str, int]:
    people = {slug: world.people[slug] for slug in world.townships} | {world.outside: world.people["outsider"]}
    return {slug: int(post.unit_id or 0) for slug, post in people.items()}


OPEN = {"user": "forestry", "action": "case.open", "subject": "150721"}
GIVEN = {"title": "林草防火宣传", "track": "regular", "declared_class": "public_service"}


def test_one_that_fails_does_not_keep_the_others_and_the_status_says_so(world: World, command: Any, tmp_path: Path):
    calls = [
        {**OPEN, "payload": GIVEN},
        {**OPEN, "payload": {**GIVEN, "declared_class": "penalty"}},
        {**OPEN, "payload": GIVEN, "key": "a"},
    ]
    file = tmp_path / "calls.json"
    file.write_text(json.dumps(calls))
    status, lines, errors = command(["perform", str(file)])
    assert status == 1
    assert [line["ok"] for line in lines] == [True, False, True]
    assert (lines[1]["status"], lines[1]["findings"][0]["code"], lines[1]["findings"][0]["provision"]) == (422, "excluded_power", "1")
    assert len(errors) == 1
    assert errors[0].startswith("2: [第一条] ")
    assert "Article 1" in command(["perform", "--lang", "en"], as_lines(calls[1]))[2][0]


def test_what_is_wrong_with_a_call_is_said(world: World, command: Any):
    tries: list[tuple[Any, int, str]] = [
        ({**OPEN, "user": "nobody", "payload": GIVEN}, 404, "not_found"),
        ({**OPEN, "user": "lead", "payload": GIVEN}, 200, ""),
        ({**OPEN, "user": "outsider", "payload": GIVEN}, 422, "admission_is_asked_by_departments"),
        ({**OPEN, "post": "150721.water", "payload": GIVEN}, 422, "post_unclear"),
        ({**OPEN, "post": "150721.forestry/handler", "payload": GIVEN}, 200, ""),
        ({**OPEN, "action": "no.such"}, 422, "unknown_action"),
        ({**OPEN, "action": "duty.admit"}, 403, "not_your_role"),
        ({**OPEN, "payload": {}}, 422, "malformed"),
        ({**OPEN, "payload": GIVEN, "at": "2026-01-01T00:00:00"}, 422, "malformed"),
        ({**OPEN, "payload": GIVEN, "extra": 1}, 422, "malformed"),
        ([1], 422, "malformed"),
        ("text", 422, "malformed"),
        (5, 422, "malformed"),
    ]
    for call, status, code in tries:
        exit_status, lines, errors = command(["perform"], json.dumps(call).encode())
        assert exit_status == (0 if status == 200 else 1), (call, lines)
        if status == 200:
            continue
        assert (lines[0]["status"], lines[0]["findings"][0]["code"]) == (status, code), (call, lines)
        assert len(errors) == len(lines[0]["findings"])


@pytest.mark.parametrize("given", [b"", b"  \n", b"{", b"\xff", b'{"user": "\\u0000"}', b"[" * 50_000, b'{"user": 1e400}'])
def test_what_is_no_json_of_ours_ends_with_one(world: World, command: Any, given: bytes):
    status, lines, errors = command(["perform"], given)
    assert status == 1
    assert len(errors) == 1
    assert all(not line["ok"] for line in lines)


def test_lines_and_an_indented_object_are_read_too(world: World, command: Any):
    first = {**OPEN, "payload": GIVEN}
    assert command(["perform"], json.dumps(first, indent=2).encode())[0] == 0
    assert len(command(["perform"], as_lines(first, first) + b"\n\n")[1]) == 2


def test_the_register_is_checked_from_the_command_line(world: World, journey: Any, command: Any):
    journey().up_to("consulting")
    status, heads, _ = command(["register", "head"])
    assert status == 0
    assert {"common", "150721"} <= {head.split(":")[0] for head in heads}
    assert command(["register", "verify", "--head", heads[0], "--head", heads[1]])[0] == 0
    status, lines, errors = command(["register", "replay"])
    assert (status, errors) == (0, []), errors
    assert "all agree" in lines[0]
    status, _, errors = command(["register", "verify", "--head", heads[1][:-1] + ("0" if heads[1][-1] != "0" else "1")])
    assert status == 1
    assert "another entry stands where this head was printed" in errors[0]
    assert command(["register", "verify", "--head", "nonsense"])[0] == 1


def test_a_changed_entry_a_cut_tail_and_a_lost_task_are_found(world: World, journey: Any, command: Any):
    case = journey().up_to("consulting")
    head = next(h for h in command(["register", "head"])[1] if h.startswith("150721:"))
    OpenTask.objects.filter(subject=case.number).first().delete()  # type: ignore[union-attr]
    status, _, errors = command(["tasks", "verify"])
    assert status == 1
    assert case.number in errors[0]
    Entry.objects.filter(subject=case.number).order_by("-id")[:1].get().delete()
    status, _, errors = command(["register", "verify", "--head", head])
    assert status == 1
    assert any("its tail was cut" in error for error in errors)
    last = Entry.objects.filter(subject=case.number).order_by("-id")[:1].get()
    Entry.objects.filter(pk=last.pk).update(outcome="refused")
    assert any("hash does not match" in error for error in command(["register", "verify"])[2])
    assert command(["register", "replay"])[0] == 1


def test_a_step_that_two_sign_by_the_api_and_by_perform(world: World, journey: Any, caller: Any, command: Any):
    """Article 3: one prepares by the API, another of the unit signs by the command; one alone is refused by both."""
    published(world, parameters={"second_signature": {"values": {"all": "consultation.reply"}}})
    case = journey().up_to("consulting")
    naji = caller("naji")
    step = next(one for one in naji.get(f"/cases/{case.number}/actions").data["actions"] if one["action"] == "consultation.reply")
    assert step["second_signature"] is True
    alone = naji.act("consultation.reply", case.number, {"answer": "agree"})
    assert (alone.status, alone.codes) == (422, ["needs_second_signature"])
    given = {"action": "consultation.reply", "payload": {"answer": "agree"}, "based_on": step["expected"]}
    sent = naji.act("signature.prepare", case.number, given)
    assert (sent.status, sent.data["result"]) == (200, {"ordinal": 1}), sent.data
    listed = caller("naji2").get(f"/cases/{case.number}/signatures").data["items"]
    assert [(one["action"], one["payload"], one["status"], one["prepared_by"]) for one in listed] == [
        ("consultation.reply", {"answer": "agree"}, "waiting", "naji")
    ]
    assert caller("lead").get(f"/cases/{case.number}/signatures").data == {"items": []}, "the unit's own"
    assert caller("outsider").get(f"/cases/{case.number}/signatures").status == 404
    call = {"action": "signature.sign", "subject": case.number, "payload": {"ordinal": 1}}
    status, lines, _errors = command(["perform"], as_lines({"user": "naji", **call}))
    assert status != 0 and "prepared_by_yourself" in str(lines)
    status, lines, errors = command(["perform"], as_lines({"user": "naji2", **call}))
    assert (status, errors) == (0, []) and lines[0]["ok"] is True, lines
    answered = naji.get(f"/cases/{case.number}").data["sections"]["opinions"]["townships"]
    assert [unit["unit"]["key"] for unit in answered] == ["150721.naji"] and "'agree'" in str(answered)
