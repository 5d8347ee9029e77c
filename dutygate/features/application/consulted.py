"""Whom a page of the consultation is about: one township that the address names, or a list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from dutygate.base.actions.forms import ACT_FORMS
from dutygate.base.actions.naming import label_in
from dutygate.features.application.facts import township_facts
from dutygate.features.application.standing import Standing, standings_of
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.head import act_href
from dutygate.law.rules.facts import Township


def all_standings(found: CaseScene) -> list[Standing]:
    """Read once for each page."""
    standings: list[Standing] = found.now.looked.subject.remember("standings", lambda: standings_of(found))
    return standings


def standing_in(found: CaseScene, unit_id: int | None) -> Standing | None:
    """One township of the case, or None: it is none of them, or not for this viewer to see."""
    return next((standing for standing in all_standings(found) if standing.unit_id == unit_id), None)


def townships_in(found: CaseScene) -> tuple[Township, ...]:
    """How the townships stand, as the rules see them; they have mostly read it already."""
    subject = found.now.looked.subject
    facts: Iterable[Township] = subject.remember("townships", lambda: township_facts(subject))
    return tuple(facts)


def own_township(found: CaseScene) -> Township | None:
    """The viewer's own township in this case."""
    return next((t for t in townships_in(found) if t.unit == found.viewer.unit), None)


def has_conditions(standing: Standing, *how: str) -> bool:
    """Whether its conditions stand so (open, answered): also where its opinion has lapsed, they are still to be settled."""
    row = standing.row
    return bool(row.in_scope) and row.answer == "agree_with_conditions" and row.condition in how


def may_be_asked_on_paper(found: CaseScene, action: str) -> bool:
    """Whether the viewer may enter this action for a township from paper."""
    step = found.step(action)
    return step is not None and step.on_paper


def act_on(found: CaseScene, action: str, param: str, standing: Standing) -> str:
    """The page of an action for one township."""
    return f"{act_href(found.case.number, action)}?{param}={quote(standing.unit['key'])}"


def which_township(found: CaseScene, action: str, param: str, standings: list[Standing]) -> dict[str, Any]:
    """{choices}: each township with the address of the page for it."""
    return {"choices": [{"standing": s, "href": act_on(found, action, param, s)} for s in standings]}


def links_of(found: CaseScene, standing: Standing) -> dict[str, list[dict[str, Any]]]:
    """What the viewer may do about one township now: {own, paper: [{action, label, href}]}; ``paper`` from a paper of that township."""
    row, own = standing.row, standing.unit_id == found.viewer.unit_id
    if not row.in_scope:
        return {}
    silent = row.round > 0 and (not row.answer or row.contested)
    spoken = bool(row.answer) and not row.contested
    conditional = row.answer == "agree_with_conditions"
    wanted = {
        "consultation.reply": silent,
        "consultation.answer_conditions": conditional and row.condition == "open",
        "consultation.settle_conditions": conditional and row.condition in ("open", "answered"),
        "record.check_original": bool(row.answer) and row.paper == "unchecked",
        "record.contest": bool(row.answer) and row.paper == "unchecked" and not row.contested,
        "record.correct": _entered_by_us(found, standing),
        "consultation.change_reply": spoken,
    }
    links = [_link(found, action, standing, own) for action, due in wanted.items() if due and action in ACT_FORMS]
    there = [link for link in links if link is not None]
    return {"own": [link for link in there if not link["on_paper"]], "paper": [link for link in there if link["on_paper"]]} if there else {}


def _entered_by_us(found: CaseScene, standing: Standing) -> bool:
    """Whether the viewer's unit entered the answer from paper, and so may correct it while nothing is decided."""
    return standing.last is not None and standing.last["entered_by_unit"] == found.viewer.unit_id and not found.case.outcome


ABOUT_ONE: Final = ("consultation.answer_conditions", "record.check_original")
"""Acts of others about one township, which they name with ``?township=``."""


def _link(found: CaseScene, action: str, standing: Standing, own: bool) -> dict[str, Any] | None:
    step = found.step(action)
    if step is None:
        return None
    if action in ABOUT_ONE:
        href = act_on(found, action, "township", standing) if step.status == "open" else ""
    elif action == "record.correct":
        href = act_href(found.case.number, action) if step.status in ("open", "depends") else ""
    elif own:
        href = act_href(found.case.number, action) if step.status == "open" else ""
    else:
        href = act_on(found, action, "for", standing) if step.on_paper else ""
    label = label_in(step.label, found.lang, action)
    on_paper = not own and action not in (*ABOUT_ONE, "record.correct")
    return {"action": action, "label": label, "href": href, "on_paper": on_paper} if href else None
