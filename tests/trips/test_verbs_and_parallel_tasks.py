"""Issue 5, item 5: what each verb of the office does to parallel tasks and clocks, row by row as docs/explanation/verbs.md says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import transaction

from dutygate.base.actions import clock
from dutygate.base.actions.now import open_to
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Conflict, Refused
from tests.editions import published
from tests.journey import Journey
from tests.rows import rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "verbs.md"
NOT_NOW: Final = "not now"
Start = Callable[..., Journey]


def table() -> list[tuple[str, str, str, str, str]]:
    """(verb, where, by, tasks that end, tasks that begin) of every row of the page."""
    row = r"^\| ([a-z_.]+) \S+ \| (\w+) \| (\w+) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$"
    lines = re.findall(row, PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [(verb, where, by, ends.strip(), begins.strip()) for verb, where, by, ends, begins in lines]


def _consulting(case: Journey) -> None:
    case.up_to("consulting")
    case.reply("naji")
    case.do("naji", "case.circulate", users=("naji2",))


def _conditions(case: Journey) -> None:
    case.up_to("consulting")
    case.reply("naji", answer="agree_with_conditions", conditions=("经费三月前到位",))
    case.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")


def _paper(case: Journey) -> None:
    case.up_to("consulting")
    case.do("forestry", "consultation.reply", answer="agree", **case.on_paper("forestry", "那吉镇"))
    case.reply("liuhe", "yadong")


def _changed(case: Journey) -> None:
    case.up_to("consulting")
    case.reply()
    case.do("forestry", "application.edit", items={"content": "只宣传，不登记。"})


def _reviewing(case: Journey) -> None:
    case.up_to("reviewing")
    case.ask_department()
    case.assess("lead")


def _banner(case: Journey) -> None:
    case.up_to("banner_decision")
    case.decide("banner_committee")


def _told(case: Journey) -> None:
    case.up_to("approved")
    case.notify()
    case.do("lead", "notice.acknowledge", **case.on_paper("lead", "那吉镇"))


def _done(case: Journey) -> None:
    _told(case)
    case.acknowledge()
    assert case.state == "done"


def _signing(case: Journey) -> None:
    published(case.world, parameters={"second_signature": {"values": {"all": "consultation.reply"}}})
    case.up_to("consulting")
    case.do("naji2", "signature.prepare", **prepared(case, "naji2"))


def prepared(case: Journey, who: str) -> dict[str, Any]:
    """An answer for signature, based on what stands."""
    now = open_to(case.people[who], case.number, clock.now())
    expected = next(step.expected for step in now.steps if step.action == "consultation.reply")
    return {"action": "consultation.reply", "payload": {"answer": "agree"}, "based_on": expected}


SCENES: Final[dict[str, Callable[[Journey], Any]]] = {
    "consulting": _consulting,
    "conditions": _conditions,
    "signing": _signing,
    "paper": _paper,
    "changed": _changed,
    "applied": lambda case: case.up_to("applied"),
    "reviewing": _reviewing,
    "concluded": lambda case: case.up_to("concluded"),
    "banner": _banner,
    "told": _told,
    "done": _done,
}


def payload_of(verb: str, where: str, case: Journey) -> dict[str, Any]:
    """What the verb is given in that scene."""
    day = case.world.today
    task = {"consulting": "consultation.reply", "reviewing": "review.assess"}.get(where, "")
    colleague = {"consulting": "liuhe", "reviewing": "legal"}.get(where, "")
    if verb == "signature.prepare":
        case.do("naji2", "signature.take_back", ordinal=1)
        return prepared(case, "naji2")
    return {
        "signature.sign": {"ordinal": 1},
        "signature.return": {"ordinal": 1, "reason": "先问村里"},
        "signature.take_back": {"ordinal": 1},
        "case.reassign": {"task": task, "user": colleague},
        "case.stand_in": {"task": task, "user": colleague, "from_on": day, "to_on": day + timedelta(days=3)},
        "case.circulate": {"users": ("naji2",) if where == "consulting" else ("lead2",)},
        "post.hand_over": {"username": "naji", "to": "naji2", "reason": "调离"},
        "consultation.change_reply": {"answer": "agree", "reason": "已核对"},
        "consultation.settle_conditions": {"settlement": "accept"},
        "consultation.narrow": {"townships": ("liuhe",), "reason": "暂不具备条件"},
        "record.contest": {"reason": "不是我们的"},
        "review.return": {"gaps": ({"item": "staffing", "text": "未写岗位"},)},
        "review.substitute": {"seat": "legal", "substitute": "services_bureau", "reason": "回避"},
        "case.withdraw": {"reason": "条件尚不成熟"},
        "decision.record": {"body": "banner_government", "outcome": "return", "reasons": [{"text": "须再研究"}], **case.paper()},
        "notice.deliver": {"units": ("六合镇",), "how": "hand", "delivered_on": day},
        "notice.show_original": {"unit": "那吉镇", "shown_on": day},
        "notice.contest": {"reason": "不是我们签的"},
    }.get(verb, {})


def tasks(case: Journey) -> dict[str, list[tuple[date, date | None]]]:
    """ "action person" -> (opened, due) of each such task of the case."""
    found: dict[str, list[tuple[date, date | None]]] = {}
    for row in rows("actions.OpenTask").filter(subject=case.number).order_by("id"):
        found.setdefault(f"{row.action} {case.world.by_unit[row.unit_id]}", []).append((row.opened_on, row.due_on))
    return found


def said(case: Journey) -> list[Any]:
    """Every word that stands in the tables: answers, assessments, comments."""
    kept = ("application.Opinion", "review.Assessment", "review.CommentRequest", "decision.Decision")
    return [sorted(rows(model).filter(case_id=case.case.id).values_list("id", flat=True)) for model in kept]


@pytest.mark.parametrize("where", SCENES)
def test_as_the_page_says(journey: Start, settings: Any, tmp_path: Path, where: str) -> None:
    """Every row of that scene, each on the case as it was before the others."""
    settings.MEDIA_ROOT = tmp_path / "files"
    case = journey()
    SCENES[where](case)
    rows("actions.OpenTask").filter(subject=case.number).update(opened_on=before_today(case, 3), due_on=before_today(case, -5))
    tried = [row for row in table() if row[1] == where]
    assert tried, "a scene without a row"
    for verb, _where, by, ends, begins in tried:
        with transaction.atomic():
            _performed(case, verb, where, by, ends, begins)
            transaction.set_rollback(True)


def before_today(case: Journey, days: int) -> date:
    """So many days before today."""
    today: date = case.world.today
    return today - timedelta(days=days)


def _performed(case: Journey, verb: str, where: str, by: str, ends: str, begins: str) -> None:
    before, words = tasks(case), said(case)
    subject = case.world.key("naji") if verb == "post.hand_over" else ""
    if ends == NOT_NOW:
        with pytest.raises((Conflict, Refused)):
            case.do(by, verb, **payload_of(verb, where, case))
        assert tasks(case) == before, verb
        return
    case.do(by, verb, subject=subject, **payload_of(verb, where, case))
    after = tasks(case)
    ended = {name for name in before if len(after.get(name, [])) < len(before[name])}
    begun = {name for name in after if len(after[name]) > len(before.get(name, []))}
    assert (ended, begun) == (_named(ends), _named(begins)), f"{verb} by {by} in {where}"
    old = before_today(case, 3)  # when it is due follows from that day, and from pauses and extensions (features/review)
    for name in before.keys() & after.keys():
        assert [opened for opened, _ in after[name]][: len(before[name])] == [old] * len(before[name]), f"{verb}: {name} keeps its clock"
    for name in begun:
        assert [opened for opened, _ in after[name] if opened != old] == [case.world.today], f"{verb}: {name} begins today"
    assert all(set(was) <= set(now) for was, now in zip(words, said(case), strict=True)), f"{verb}: what was said stays"


def _named(text: str) -> set[str]:
    return set() if text == "-" else {one.strip() for one in text.split(",")}


def test_every_verb_of_the_page_is_an_action_and_is_tried_in_parallel() -> None:
    assert len(table()) == 32 == len([line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [a-z]+\.", line)])
    assert {
        "case.reassign",
        "case.stand_in",
        "case.circulate",
        "post.hand_over",
        "signature.sign",
        "application.take_back",
        "review.return",
    } <= {verb for verb, *_rest in table()}


def test_a_returned_review_goes_on_where_it_stood(journey: Start) -> None:
    case = journey()
    _reviewing(case)
    case.do("lead", "review.return", gaps=({"item": "staffing", "text": "未写岗位"},))
    case.submit()
    case.accept()
    assert case.tasks() >= {("review.assess", "legal"), ("review.assess", "services"), ("review.comment", "finance")}
    assert ("review.assess", "lead") not in case.tasks(), "what the lead has found stands, the text is the same"
    assert verify_tasks() == []
