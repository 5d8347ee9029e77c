"""The application and the townships' answers as a reader wants them; what the viewer may not see yet is left out (see ``queries``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.application.queries import (
    items_of,
    mediations_of,
    opinions_of,
    rounds_of,
    safeguards_of,
    scope_of,
    sees_all_opinions,
    submissions_of,
)
from dutygate.features.cases.sections import Reading, section

_ITEM: Final = ("item", "revision", "text")
_SAFEGUARD: Final = ("kind", "needed", "amount_fen", "due", "note")
_SUBMISSION: Final = ("ordinal", "revision", "document_number", "signed_on", "submitted_at", "taken_back_at")
_STANDING: Final = ("in_scope", "round", "answer", "condition", "lapsed", "contested", "paper", "left_reason")
_OPINION: Final = ("round", "ordinal", "revision", "answer", "reason", "document_number", "signed_on", "scan", "replied_at")
_PAPER: Final = ("original_checked_at", "contested_at", "contest_reason")
_STEP: Final = ("round", "kind", "text", "at", "revision", "document_number", "scan")


@section("application")
def application_section(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """申请书: {items, safeguards, submissions}; ``township`` is null for what holds for all."""
    case = reading.case
    items = [{"township": reading.unit(row.township_id), **_plain(row, _ITEM)} for row in items_of(viewer, case)]
    safeguards = [{"township": reading.unit(row.township_id), **_plain(row, _SAFEGUARD)} for row in safeguards_of(viewer, case)]
    submissions = [_plain(row, _SUBMISSION) for row in submissions_of(viewer, case)]
    return {"items": items, "safeguards": safeguards, "submissions": submissions}


@section("opinions")
def opinions_section(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """乡镇意见, township x round: {rounds, all_in, townships, mediations}. ``expected`` is what an act of that township is based on."""
    case = reading.case
    said: dict[int, list[dict[str, Any]]] = {}
    for found in opinions_of(viewer, case):
        said.setdefault(found["opinion"].unit_id, []).append(_opinion(found, reading))
    return {
        "rounds": [_plain(r, ("number", "revision", "requested_at", "document_number", "letter")) for r in rounds_of(viewer, case)],
        "all_in": sees_all_opinions(viewer, case),
        "townships": [
            {
                "unit": reading.unit(row.unit_id),
                **_plain(row, _STANDING),
                "passed_to": reading.unit(row.passed_to_id),
                "expected": {"revision": case.revision, "reply": row.version},
                "answers": said.get(row.unit_id, []),
            }
            for row in scope_of(viewer, case)
        ],
        "mediations": [
            {
                "held_on": line.held_on,
                "place": line.place,
                "present": [reading.unit(unit) for unit in line.present],
                "minutes": line.minutes,
                "scan": line.scan,
            }
            for line in mediations_of(viewer, case)
        ],
    }


def _opinion(found: dict[str, Any], reading: Reading) -> dict[str, Any]:
    opinion = found["opinion"]
    by_another = opinion.entered_by_unit is not None and opinion.entered_by_unit != opinion.unit_id
    return {
        **_plain(opinion, (*_OPINION, *_PAPER)),
        "carried": bool(opinion.carried_from),
        "entered_by": reading.unit(opinion.entered_by_unit) if by_another else None,
        "conditions": [_plain(condition, ("ordinal", "text", "status")) for condition in found["conditions"]],
        "steps": [_plain(step, _STEP) for step in found["steps"]],
    }


def _plain(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
