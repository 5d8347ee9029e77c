"""决定与文书 as tabs of a case: what was sent up, what each body said, whom one waits for; the notice, its receipts, the scans."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

from dutygate.base.actions.naming import label_in
from dutygate.base.documents.queries import files_of_case
from dutygate.base.notices.reading import note_opening
from dutygate.base.organizations.queries import public_names_of
from dutygate.base.register.queries import entries_about
from dutygate.base.ui.templatetags.dutygate import day
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.head import waiting_line
from dutygate.features.cases.kinds import EXIT
from dutygate.features.cases.section import register_section
from dutygate.features.decision.facts import bodies_of
from dutygate.features.decision.queries import notice_line, receipt_lines
from dutygate.features.decision.section import decision_section
from dutygate.features.decision.standing import edition_of, notice_words, subject_of
from dutygate.features.decision.words import HOW, LISTS, body_label, outcome_label
from dutygate.features.lists.queries import duty_brought_about, townships_of

DAYS: Final = (
    ("decided_on", gettext_noop("决定日期")),
    ("effective_on", gettext_noop("生效日期")),
    ("expires_on", gettext_noop("终止日期")),
    ("published_on", gettext_noop("公布日期")),
    ("sent_on", gettext_noop("送达日期")),
    ("reply_by", gettext_noop("回复期限")),
    ("recorded_at", gettext_noop("登记日期")),
)
"""The seven dates of a decision, in the order in which they are shown."""
AWAITED: Final = ("decision.record", "decision.submit_to_city")


@tab(
    "decision",
    gettext_noop("决定"),
    "4.3",
    template="decision/_tab_decision.html",
    order=40,
    shown=lambda scene: bool(scene.case.submissions) or scene.case.state in ("concluded", "banner_decision"),
)
def decision_tab(scene: CaseScene) -> dict[str, Any]:
    """{submissions, decisions, voided, awaited, several}: what lies before the bodies first, then what was before."""
    said = decision_section(scene.viewer, scene.reading)
    edition = edition_of(scene)
    decisions = [_decision(line, scene) for line in said["decisions"]]
    sent = [
        {**line, "label": _to(line["to"], edition, scene.lang), "earlier": line["closed_at"] is not None} for line in said["submissions"]
    ]
    return {
        "submissions": list(reversed(sent)),
        "decisions": [line for line in reversed(decisions) if line["voided_at"] is None],
        "voided": [line for line in reversed(decisions) if line["voided_at"] is not None],
        "awaited": [_awaited(task, scene) for task in scene.waiting.tasks if task.action in AWAITED],
        "several": bool(bodies_of(subject_of(scene), scene.viewer.unit_id)),
    }


def _to(to: str, edition: Any, lang: str) -> str:
    if to == "city":
        return body_label(edition, "city_government", lang)
    return gettext("旗委、旗政府")


def _decision(line: dict[str, Any], scene: CaseScene) -> dict[str, Any]:
    edition, directory = edition_of(scene), scene.reading.directory
    keys = line["townships"]
    return {
        **line,
        "label": body_label(edition, line["body"], scene.lang),
        "outcome_label": outcome_label(line["outcome"]),
        "days": [{"label": gettext(label), "day": line[name]} for name, label in DAYS if line[name] is not None],
        "only": None if keys is None else [directory.name_on(directory.by_key(key).id, scene.reading.on) for key in keys],
    }


def _awaited(task: Any, scene: CaseScene) -> dict[str, Any]:
    """Whom one waits for and since when. Time alone decides nothing."""
    line = waiting_line(task, scene, scene.now.procedure)
    waited = scene.reading.directory.calendar().working_days_between(task.opened_on, scene.reading.on)
    body = body_label(edition_of(scene), task.seat, scene.lang) if task.seat else line["unit"]
    since = {"day": day(task.opened_on), "days": max(0, waited)}
    return {**line, "body": body, "waited": gettext("从%(day)s等起，已过%(days)s个工作日") % since}


@tab(
    "papers",
    gettext_noop("文书"),
    "4.4",
    template="decision/_tab_papers.html",
    order=50,
    shown=lambda scene: scene.case.state != "drafting",
)
def papers_tab(scene: CaseScene) -> dict[str, Any]:
    """{notice, receipts, hidden, duty, files}: the notice and who has it in hand, where the duty stands, every scan of the case."""
    reading = scene.reading
    notice = notice_line(scene.viewer, reading.case)
    if notice and scene.on_screen:
        note_opening(scene.viewer, reading.case.id, scene.moment)
    lines = receipt_lines(scene.viewer, reading.case, reading.directory, reading.on) if notice else []
    approved = notice is not None and notice.kind != "refusal"
    duty = duty_brought_about(scene.viewer, reading.case) if approved else None
    return {
        "notice": notice,
        "kind": notice_words(scene, notice.kind) if notice else "",
        "issued": _issued(scene) if notice else None,
        "ended": approved and reading.case.kind == EXIT,
        "receipts": _receipts(lines, scene),
        "duty": _duty(duty, scene) if duty else None,
        "files": _files(scene),
    }


def _issued(scene: CaseScene) -> dict[str, Any] | None:
    """When the notice went out, and by whom: what its entry in the register says."""
    code = scene.reading.directory.jurisdiction.code
    lines = entries_about(scene.viewer, scene.case.number, code)
    line = next((one for one in lines if one.action == "notice.issue" and one.outcome == "permitted"), None)
    if line is None:
        return None
    names = public_names_of([line.user_id] if line.user_id is not None else [])
    return {"at": line.at, "unit": scene.reading.unit(line.unit_id), "by": names.get(line.user_id or 0, "")}


def _people_of(lines: list[Any]) -> set[int]:
    """Everybody who is named beside a receipt."""
    acted = {person for line in lines for person in (line.acknowledged_by, line.opened_by, line.shown_by)}
    return {person for person in acted | {one.entered_by for line in lines for one in line.deliveries} if person is not None}


def _receipts(lines: list[Any], scene: CaseScene) -> list[dict[str, Any]]:
    """Each unit told: when it acknowledged and by whom, or how long it may still take. Who owes one comes first."""
    owing = {task.unit_id: task for task in scene.waiting.tasks if task.action == "notice.acknowledge"}
    names = public_names_of(_people_of(lines))
    found = []
    for line in lines:
        task = owing.get(line.unit_id)
        receipt: dict[str, Any] = {
            "unit": scene.reading.unit(line.unit_id),
            "acknowledged_at": line.acknowledged_at,
            "by": names.get(line.acknowledged_by or 0, ""),
            "entered_for": line.entered_for,
            "scan": line.scan,
            "deliveries": [
                {"line": one, "how": gettext(HOW.get(one.how, one.how)), "by": names.get(one.entered_by or 0, "")}
                for one in line.deliveries
            ],
            "opened_at": line.opened_at,
            "opened_by": names.get(line.opened_by or 0, ""),
            "contested_at": line.contested_at,
            "contest_reason": line.contest_reason,
            "contested_scan": line.contested_scan,
            "shown": line if line.shown_on else None,
            "shown_by": names.get(line.shown_by or 0, ""),
            "disputed": line.disputed,
            "task": None,
        }
        if task is not None and line.acknowledged_at is None:
            receipt["task"] = waiting_line(task, scene, scene.now.procedure)
        found.append(receipt)
    order = {
        scene.reading.directory.unit(unit).key: place for place, unit in enumerate(scene.reading.directory.townships(scene.reading.on))
    }

    def place(receipt: dict[str, Any]) -> tuple[bool, int]:
        return receipt["acknowledged_at"] is not None, order.get((receipt["unit"] or {}).get("key", ""), -1)

    return sorted(found, key=place)


def _duty(duty: Any, scene: CaseScene) -> dict[str, Any]:
    entries = townships_of(scene.viewer, duty)
    on = scene.reading.on
    order = [*scene.reading.directory.townships(on), *(e.township_id for e in entries)]
    starts, ends = min((e.valid_from for e in entries), default=None), max((e.valid_to for e in entries), default=None)
    open_end = ends is None or ends == date.max
    return {
        "code": duty.code,
        "title": duty.title,
        "lists": sorted({gettext(LISTS.get(e.list_name, e.list_name)) for e in entries}),
        "townships": [scene.reading.directory.name_on(unit, on) for unit in sorted({e.township_id for e in entries}, key=order.index)],
        "starts": starts,
        "ends": None if open_end or ends is None else date.fromordinal(ends.toordinal() - 1),
    }


def _files(scene: CaseScene) -> list[dict[str, Any]]:
    """Every scan with the act that brought it in. What another township brought is not shown to a township, as in the register."""
    files = files_of_case(scene.viewer, scene.reading.case.id)
    if not files:
        return []
    labels = scene.now.procedure.labels
    acts = {int(line["entry"].rpartition("/")[2]): line for line in register_section(scene.viewer, scene.reading)}
    return [
        {
            "digest": file.digest,
            "name": file.name,
            "kilobytes": max(1, round(file.size / 1024)),
            "label": label_in(labels.get(act["action"]), scene.lang, act["action"]),
            "unit": act["entered_for"] or act["unit"],
            "entered_by": act["unit"] if act["entered_for"] else None,
            "at": act["at"],
        }
        for file in files
        if (act := acts.get(file.entry)) is not None
    ]
