"""办件页的上部和旁边: what case it is and how far it has come; what I can do now; what is missing, and whose move it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from django.urls import reverse

from dutygate.base.actions.forms import ACT_FORMS
from dutygate.base.actions.naming import light_of, named, newest_procedure
from dutygate.base.actions.now import Step, TaskRow, most_urgent
from dutygate.base.actions.saying import all_said
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.facts import duty_of
from dutygate.features.cases.kinds import action_in, kind_label, state_in
from dutygate.features.cases.succession import successions_in
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import Edition

ANYTIME: Final = (
    "case.reassign",
    "case.stand_in",
    "case.circulate",
    "record.correct",
    "record.confirm",
    "case.withdraw",
    "record.contest",
    "review.substitute",
    "review.extend",
    "review.pause",
    "consultation.mediate",
    "case.urge",
)
"""What is always possible and seldom wanted: shown folded, unless it is the unit's task now."""
CITY_ONLY: Final = "city_decision"
ENDS: Final = ("refused", "withdrawn")


def line_of(case: Any, directory: Directory, on: date, lang: str) -> dict[str, Any]:
    """One case in a list."""
    edition = edition_by_digest(case.edition_digest)
    procedure = procedure_of(edition)
    state = procedure.states.get(case.state)
    initiator = named(directory, case.initiator_id, on)
    return {
        "number": case.number,
        "title": case.title,
        "href": reverse("case", args=[case.number]),
        "initiator": initiator["name"] if initiator else "",
        "kind": case.kind,
        "kind_label": kind_label(procedure, case.kind, lang),
        "track": case.track,
        "track_label": track_label(edition, case.track, lang),
        "state": case.state,
        "state_label": state_in(procedure, case.state, case.kind, lang),
        "cites": state.cites if state else "",
        "outcome": case.outcome,
        "returned": case.returned,
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
    }


def lines_of(viewer: ActingPost, rows: Sequence[Any], directories: Mapping[int, Directory], on: date, lang: str) -> list[dict[str, Any]]:
    """Cases in a list, each with the light of its most urgent open task (``urgent``), None where nothing is open."""
    urgent = most_urgent(viewer, [row.id for row in rows if row.closed_at is None])
    return [{**line_of(row, directories[row.jurisdiction_id], on, lang), "urgent": _urgent(row, urgent, directories, on)} for row in rows]


def _urgent(row: Any, urgent: Mapping[int, TaskRow], directories: Mapping[int, Directory], on: date) -> dict[str, Any] | None:
    task = urgent.get(row.id)
    return None if task is None else light_of(directories[row.jurisdiction_id], task, on)


def track_label(edition: Edition, track: str, lang: str) -> str:
    """常态化, or 阶段性、临时性."""
    found = edition.tracks.get(track)
    return found.label.in_language(lang) if found else track


def case_head(found: CaseScene) -> dict[str, Any]:
    """Context of every page of a case: {case, steps, can, other, blocked, paper, waiting, unseen}."""
    case, lang = found.case, found.lang
    edition = edition_by_digest(case.edition_digest)
    procedure = found.now.procedure
    line = line_of(case, found.reading.directory, found.reading.on, lang)
    waiting = [waiting_line(task, found, procedure) for task in found.waiting.tasks]
    mine = {task.action for task in found.waiting.tasks if task.unit_id == found.viewer.unit_id}
    offered = [step for step in found.now.steps if _may_be_offered(step, found)]
    seldom = {action for action in ANYTIME if action not in mine}
    can = [_offer(step, found, mine) for step in offered if step.status == "open" and step.action not in seldom]
    return {
        "case": {**line, **_declared(case, edition, lang), **_about(found, edition)},
        "successions": _successions(found),
        "steps": _steps(case, procedure, lang),
        "can": sorted(can, key=lambda offer: not offer["mine"]),
        "other": [_offer(step, found, mine) for step in offered if step.status in ("open", "depends") and step.action in seldom],
        "blocked": [
            {**_offer(step, found, mine), "findings": all_said(step.findings, lang)} for step in offered if step.status == "blocked"
        ],
        "waiting": _together(waiting),
        "unseen": found.waiting.unseen,
        "urgent": _most_urgent(waiting),
    }


def _most_urgent(waiting: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The reader's own first, then what stands still, then what is due first."""
    return min(waiting, key=lambda task: (not task["mine"], task["light"] != "paused"), default=None)


def _may_be_offered(step: Step, found: CaseScene) -> bool:
    return step.action in ACT_FORMS and step.status in ("open", "blocked", "depends") and ACT_FORMS[step.action].offered(found)


def waiting_line(task: TaskRow, found: CaseScene, procedure: Procedure) -> dict[str, Any]:
    """Whose move it is: {label, cites, unit, mine, href, on_paper, light …}."""
    directory, on = found.reading.directory, found.reading.on
    unit = named(directory, task.unit_id, on)
    mine = task.unit_id == found.viewer.unit_id
    step = found.step(task.action)
    paper = not mine and step is not None and step.on_paper and unit is not None and task.action in ACT_FORMS
    where = act_href(found.case.number, task.action)
    return {
        "action": task.action,
        "label": action_in(procedure, task.action, found.case.kind, found.lang),
        "cites": procedure.cites(task.action) if task.action in procedure else newest_procedure().cites(task.action),
        "unit": unit["name"] if unit else "",
        "mine": mine,
        "href": where if mine and task.action in ACT_FORMS else "",
        "paper": f"{where}?for={quote(unit['key'])}" if paper and unit else "",
        **light_of(directory, task, on),
    }


def _together(waiting: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same step by the same day once, with all the units that owe it: twelve townships are one line, not twelve."""
    found: dict[tuple[str, date | None, bool, str | None], dict[str, Any]] = {}
    for task in waiting:
        first = found.setdefault((task["action"], task["due_on"], task["mine"], task["light"]), {**task, "units": []})
        first["units"].append({"name": task["unit"], "paper": task["paper"]})
    return list(found.values())


def act_href(number: str, action: str) -> str:
    """The page on which an action on a case is done."""
    return reverse("case_act", args=[number, action])


def _offer(step: Step, found: CaseScene, mine: set[str]) -> dict[str, Any]:
    return {
        "action": step.action,
        "label": action_in(found.now.procedure, step.action, found.case.kind, found.lang),
        "cites": step.cites,
        "href": act_href(found.case.number, step.action),
        "mine": step.action in mine,
    }


def _declared(case: Any, edition: Edition, lang: str) -> dict[str, Any]:
    declared = edition.exclusions.classes.get(case.declared_class)
    return {
        "declared": declared.label.in_language(lang) if declared else case.declared_class,
        "amber": declared is not None and declared.effect == "amber",
        "mode": case.mode,
        "acts_in_name_of": case.acts_in_name_of,
        "necessity": case.necessity,
        "ends_on": case.ends_on,
        "round": case.round,
        "edition": edition.document_number,
    }


def _about(found: CaseScene, edition: Edition) -> dict[str, Any]:
    """The duty that an exit or an adjustment is about, and why it leaves or changes; nothing for an admission."""
    case, duty = found.case, duty_of(found.now.looked.subject)
    if duty is None:
        return {"duty": None}
    reason = edition.change_reasons.get(case.reason)
    return {
        "duty": {"code": duty.code, "title": duty.title, "href": reverse("duty", args=[duty.code])},
        "reason": reason.label.in_language(found.lang) if reason else case.reason,
        "reason_words": case.reason_words,
        "mandated": case.mandated,
        "cause": case.cause,
        "by_township": found.reading.directory.unit(case.initiator_id).kind == "township",
        "turns_regular": case.from_track == "temporary" and case.track == "regular",
    }


def _successions(found: CaseScene) -> list[dict[str, Any]]:
    """Who stands in whose place: [{former, unit, on, document}]; no query where nobody does."""
    name = found.reading.directory.name_on
    return [
        {
            "former": name(row.from_unit_id, found.reading.on),
            "unit": name(row.to_unit_id, found.reading.on),
            "on": row.on,
            "document": row.document,
        }
        for row in successions_in(found.case)
    ]


def _steps(case: Any, procedure: Procedure, lang: str) -> list[dict[str, Any]]:
    """The road of this track, with what is behind and where it stands. Another end than approval takes the place of the last steps."""
    city = case.track != "temporary" or case.from_track == "regular"
    road = [name for name in procedure.states if name not in ENDS and (city or name != CITY_ONLY)]
    if case.state in ENDS or case.outcome in ENDS:
        end = case.state if case.state in ENDS else case.outcome
        reached = {"refused": "concluded", "withdrawn": "drafting"}[end]
        road = [*road[: road.index(reached) + 1], end, *(["done"] if end == "refused" else [])]
    at = road.index(case.state) if case.state in road else 0
    return [
        {
            "label": state_in(procedure, name, case.kind, lang),
            "cites": procedure.states[name].cites,
            "is": "past" if place < at or case.state in ("done", "withdrawn") else "now" if place == at else "ahead",
        }
        for place, name in enumerate(road)
    ]
