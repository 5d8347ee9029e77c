"""乡镇意见，乡镇 × 轮次: how each township stands, in words, and everything it ever said (4.1). For the tab and for the forms.

A township whose turn it still is sees itself alone; ``queries`` leaves the others out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dutygate.features.application.changes import history_of
from dutygate.features.application.facts import consents
from dutygate.features.application.queries import opinions_of, rounds_of, scope_of, sees_all_opinions
from dutygate.features.cases.acts import CaseScene

ANSWERS: Final = {"agree": _("同意"), "agree_with_conditions": _("附条件同意"), "disagree": _("不同意")}
STANDS: Final = {
    "agree": ("circle-check", "good", _("同意")),
    "settled": ("circle-check", "good", _("附条件同意，条件已经了结")),
    "open": ("help", "warn", _("附条件同意，等申请单位回应条件")),
    "answered": ("help", "warn", _("附条件同意，等乡镇确认回应")),
    "disagree": ("x", "bad", _("不同意")),
    "silent": ("clock", "warn", _("还没有答复")),
    "no_reply": ("clock", "quiet", _("未反馈，时限已过")),
    "lapsed": ("alert-triangle", "bad", _("意见已失效，要重新征求")),
    "contested": ("alert-triangle", "bad", _("对代录有异议，暂不作数")),
    "not_asked": ("clock", "quiet", _("还没有征求")),
    "left": ("arrow-right", "quiet", _("已调出范围")),
    "passed": ("arrow-right", "quiet", _("机构已变更，由承继的乡镇接着办")),
}
"""How a township stands now -> (icon, tone, words): never told by the colour alone."""
CONDITIONS: Final = {
    "open": _("待申请单位回应"),
    "answered": _("已回应，待乡镇确认"),
    "accepted": _("乡镇已接受回应"),
    "withdrawn": _("乡镇已撤回"),
}
STEPS: Final = {
    "answered": _("申请单位回应"),
    "accept": _("乡镇接受回应"),
    "withdraw": _("乡镇撤回条件"),
    "keep": _("乡镇坚持条件"),
}


@dataclass(slots=True)
class Standing:
    """One township in one case."""

    unit: dict[str, str]
    unit_id: int
    row: Any
    answers: list[dict[str, Any]] = field(default_factory=list)
    lapsed_by: list[str] = field(default_factory=list)

    @property
    def stands(self) -> str:
        """One of ``STANDS``."""
        row = self.row
        if not row.in_scope:
            return "passed" if row.passed_to_id else "left"
        if row.round == 0:
            return "not_asked"
        if not row.answer:
            return "no_reply" if row.no_reply else "silent"
        if row.contested or row.lapsed:
            return "contested" if row.contested else "lapsed"
        return str(row.condition or "open") if row.answer == "agree_with_conditions" else str(row.answer)

    @property
    def mark(self) -> dict[str, Any]:
        """{icon, tone, words}."""
        icon, tone, words = STANDS[self.stands]
        return {"icon": icon, "tone": tone, "words": words}

    @property
    def consents(self) -> bool:
        """Whether it agrees to the text as it stands."""
        return bool(self.row.in_scope) and consents(self.row)

    @property
    def last(self) -> dict[str, Any] | None:
        """The answer that stands, or stood last."""
        return self.answers[-1] if self.answers else None

    @property
    def answered_on(self) -> int:
        """The revision of the text to which it last agreed or answered."""
        if self.last is None:
            return 0
        settled = [step["revision"] for step in self.last["steps"] if step["kind"] in ("accept", "withdraw")]
        return int(max([self.last["revision"], *settled]))


def standings_of(found: CaseScene) -> list[Standing]:
    """Every township that the viewer may see, in the order of the scope, with all its answers. Five queries."""
    said: dict[int, list[dict[str, Any]]] = {}
    for opinion in opinions_of(found.viewer, found.case):
        said.setdefault(opinion["opinion"].unit_id, []).append(_answer(opinion, found))
    rows = scope_of(found.viewer, found.case)
    found_units = [(row, found.reading.unit(row.unit_id) or {"key": "", "name": ""}) for row in rows]
    standings = [Standing(unit, row.unit_id, row, said.get(row.unit_id, [])) for row, unit in found_units]
    for standing in standings:
        _only_last_has_the_thread(standing.answers)
    return standings


def standing_of_unit(found: CaseScene, unit_id: int) -> Standing | None:
    """One township of them, or None: it is not in this case, or not for this viewer to see."""
    return next((standing for standing in standings_of(found) if standing.unit_id == unit_id), None)


def tell_lapses(found: CaseScene, standings: list[Standing]) -> None:
    """Why an opinion lapsed: what was changed since. The history is read once, and only when there is one that did."""
    lapsed = [s for s in standings if s.row.lapsed and s.row.in_scope]
    for standing in lapsed:
        changed = [change.label for change in history_of(found).since(standing.answered_on, standing.unit_id) if change.judged]
        standing.lapsed_by = list(dict.fromkeys(changed))


def _only_last_has_the_thread(answers: list[dict[str, Any]]) -> None:
    """What was said about conditions belongs to the last answer of its round that had any."""
    for place, answer in enumerate(answers):
        later = any(other["round"] == answer["round"] and other["conditions"] for other in answers[place + 1 :])
        if later or not answer["conditions"]:
            answer["steps"] = []


def _answer(found: dict[str, Any], scene: CaseScene) -> dict[str, Any]:
    opinion = found["opinion"]
    by_another = opinion.entered_by_unit is not None and opinion.entered_by_unit != opinion.unit_id
    entered_by = scene.reading.unit(opinion.entered_by_unit) if by_another else None
    return {
        "round": opinion.round,
        "ordinal": opinion.ordinal,
        "revision": opinion.revision,
        "answer": opinion.answer,
        "answer_label": ANSWERS.get(opinion.answer, opinion.answer),
        "reason": opinion.reason,
        "document_number": opinion.document_number,
        "signed_on": opinion.signed_on,
        "replied_at": opinion.replied_at,
        "scan": file_href(opinion.scan),
        "entered_by": entered_by["name"] if entered_by else "",
        "entered_by_unit": opinion.entered_by_unit if by_another else None,
        "original_checked_at": opinion.original_checked_at,
        "contested_at": opinion.contested_at,
        "contest_reason": opinion.contest_reason,
        "carried": bool(opinion.carried_from),
        "conditions": [
            {"ordinal": c.ordinal, "text": c.text, "status": c.status, "status_label": CONDITIONS.get(c.status, c.status)}
            for c in found["conditions"]
        ],
        "steps": [
            {
                "kind": step.kind,
                "label": STEPS.get(step.kind, step.kind),
                "text": step.text,
                "at": step.at,
                "revision": step.revision,
                "document_number": step.document_number,
                "scan": file_href(step.scan),
            }
            for step in found["steps"]
        ],
    }


def file_href(digest: str) -> str:
    """The address of a scan, "" for none."""
    return reverse("file", args=[digest]) if digest else ""


def counts_of(standings: list[Standing]) -> list[dict[str, Any]]:
    """How many stand where, in the order of ``STANDS``; what nobody does is left out, but for the three answers."""
    found = {name: sum(1 for s in standings if s.stands == name) for name in STANDS}
    always = ("agree", "disagree", "silent")
    return [
        {"name": name, "icon": icon, "tone": tone, "words": words, "count": found[name]}
        for name, (icon, tone, words) in STANDS.items()
        if found[name] or name in always
    ]


__all__ = ["ANSWERS", "Standing", "counts_of", "rounds_of", "sees_all_opinions", "standing_of_unit", "standings_of", "tell_lapses"]
