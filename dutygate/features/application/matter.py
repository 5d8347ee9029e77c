"""一页看清: the matter as one township needs to see it before it answers (4.1, 5): what, who, what comes with it, until when."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.base.actions.month_days import month_day
from dutygate.base.actions.naming import light_of, named
from dutygate.features.application.difference import shown_difference
from dutygate.features.application.parties import applies_for_itself, needs_consent
from dutygate.features.application.queries import items_of, rounds_of, safeguards_of
from dutygate.features.bases.queries import bases_of_case
from dutygate.features.bases.wording import basis_line
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.head import track_label
from dutygate.features.cases.kinds import ADJUSTMENT, EXIT
from dutygate.features.lists.queries import ListLine, duties_of_township
from dutygate.features.support.load import load_lines
from dutygate.law.rules.wording import catalogue

PARTS: Final = (
    (gettext_noop("要做什么"), "4.1", ("content", "objective", "workflow", "time_limit")),
    (gettext_noop("谁牵头，谁负责"), "4.1", ("division", "mechanism")),
    (gettext_noop("随这件事给什么"), "5", ("safeguards", "staffing")),
    (gettext_noop("依据什么"), "1", ("legal_basis",)),
)
"""The items in the order in which somebody wants to know them; what an edition has besides comes with the first."""
KINDS: Final = ("funding", "technical", "training", "other")
TOWNSHIPS_DO_NOT_JUDGE: Final = ("name",)


def matter_of(found: CaseScene, unit_id: int) -> dict[str, Any]:
    """{unit, initiator, track, mode …, parts, asked, due, carried}. The number of queries does not depend on anything."""
    case, directory, on = found.case, found.reading.directory, found.reading.on
    initiator = named(directory, case.initiator_id, on)
    rounds = rounds_of(found.viewer, case)
    return {
        "kind": case.kind,
        "difference": shown_difference(found) if case.kind == ADJUSTMENT else None,
        "waits_for_consent": needs_consent(found, unit_id),
        "asked_a_department": applies_for_itself(found),
        "unit": directory.name_on(unit_id, on),
        "initiator": initiator["name"] if initiator else "",
        "track": case.track,
        "track_label": track_label(found.now.looked.edition, case.track, found.lang),
        "ends_on": case.ends_on,
        "mode": case.mode,
        "acts_in_name_of": case.acts_in_name_of,
        "necessity": case.necessity,
        "revision": case.revision,
        "parts": _parts(found, unit_id),
        "support": support_lines(found, unit_id) if case.kind != EXIT else [],
        "bases": [basis_line(basis, on) for basis in bases_of_case(found.viewer, case)],
        "asked": rounds[-1] if rounds else None,
        "due": due_of(found, unit_id),
        "carried": carried_by(found, unit_id) if not applies_for_itself(found) else None,
    }


def _parts(found: CaseScene, unit_id: int) -> list[dict[str, Any]]:
    edition, lang = found.now.looked.edition, found.lang
    texts = {(row.item, row.addition): row.text for row in items_of(found.viewer, found.case)}
    if found.case.kind == EXIT:
        asked = edition.items_of(EXIT).values()
        lines = [{"id": i.id, "label": i.label.in_language(lang), "text": texts.get((i.id, ""), ""), "own": ""} for i in asked]
        return [{"title": _("为什么退出，退出以后怎么办"), "cites": "4.4", "lines": [line for line in lines if line["text"]]}]
    named_above = {item for _title, _cites, items in PARTS for item in items}
    others = [i.id for i in edition.items.values() if i.judged_by_townships and i.id not in {*named_above, *TOWNSHIPS_DO_NOT_JUDGE}]
    parts = []
    for number, (title, cites, items) in enumerate(PARTS):
        wanted = [*items, *others] if number == 0 else items
        lines = [
            {"id": item, "label": edition.items[item].label.in_language(lang), "text": text, "own": own}
            for item in wanted
            for text, own in [(texts.get((item, ""), ""), texts.get((item, str(unit_id)), ""))]
            if text or own
        ]
        parts.append({"title": _(title), "cites": cites, "lines": lines})
    return parts


def support_lines(found: CaseScene, unit_id: int | None) -> list[dict[str, Any]]:
    """What comes with the matter, kind by kind: for all townships, then what only this one gets (None: of all)."""
    names = catalogue(found.lang).names["safeguard"]
    rows = safeguards_of(found.viewer, found.case)
    shown = [row for row in rows if not row.addition or unit_id is None or row.addition == str(unit_id)]
    return [
        {
            "kind": row.kind,
            "label": names[row.kind],
            "own": bool(row.addition),
            "needed": row.needed,
            "amount_fen": row.amount_fen,
            "due": row.due,
            "due_said": month_day(row.due),
            "note": row.note,
        }
        for row in sorted(shown, key=lambda row: (KINDS.index(row.kind), row.addition))
    ]


def due_of(found: CaseScene, unit_id: int) -> dict[str, Any] | None:
    """By when this township has to answer, and why; None when it owes no answer."""
    task = next((t for t in found.waiting.tasks if t.unit_id == unit_id and t.action == "consultation.reply"), None)
    if task is None:
        return None
    return {**light_of(found.reading.directory, task, found.reading.on), **limit_of(found, task.action)}


def limit_of(found: CaseScene, action: str) -> dict[str, Any]:
    """{days, source, cites}: the time that the edition sets for an action, and where it comes from."""
    edition = found.now.looked.edition
    name = found.now.procedure.limit(action, found.case.mandated)
    parameter = edition.parameters.get(name) if name else None
    if parameter is None:
        return {"days": None, "source": "", "cites": ""}
    return {
        "days": edition.parameter(parameter.name, found.case.track),
        "source": parameter.source.in_language(found.lang),
        "cites": parameter.cites,
    }


def carried_by(found: CaseScene, unit_id: int) -> dict[str, Any]:
    """本乡镇现在承担的事项: its list in force today, how many of them are temporary, and what money of this year is due and came."""
    lines = duties_of_township(found.viewer, unit_id, found.reading.on)
    return {
        "lines": [_carried(line, found) for line in lines],
        "temporary": sum(1 for line in lines if line.section == "temporary"),
        "load": load_lines(found.viewer, found.reading.directory, [unit_id], found.reading.on),
    }


def _carried(line: ListLine, found: CaseScene) -> dict[str, Any]:
    lead = named(found.reading.directory, line.lead_unit_id, found.reading.on)
    return {
        "code": line.code,
        "title": line.title,
        "lead": lead["name"] if lead else "",
        "temporary": line.section == "temporary",
        "last_day": line.last_day,
    }
