"""The review of a case as a reader wants it; what the viewer may not see yet is left out (see ``queries``)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.sections import Reading, section
from dutygate.features.review.queries import (
    AssessmentLine,
    CommentLine,
    assessments_of,
    comments_of,
    conclusion_of,
    hearings_of,
    refusal_of,
    returns_of,
    seats_of,
    times_of,
)


def _with_units(line: AssessmentLine | CommentLine, reading: Reading) -> dict[str, Any]:
    """Units by key and name instead of ids."""
    plain = asdict(line)
    plain["unit"] = reading.unit(plain.pop("unit_id"))
    entered_by = plain.pop("entered_by_unit")
    plain["entered_by"] = reading.unit(entered_by) if entered_by != line.unit_id else None
    return plain


@section("review")
def review_section(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """审核: {seats, assessments, comments, hearings, returns, conclusion, refusal, times}; ``times`` are its pauses and extensions."""
    case, where = reading.case, (reading.directory, reading.on)
    conclusion, refusal = conclusion_of(viewer, case), refusal_of(viewer, case)
    return {
        "seats": [{"seat": seat, "unit": reading.unit(unit)} for seat, unit in seats_of(viewer, case, *where)],
        "assessments": [_with_units(line, reading) for line in assessments_of(viewer, case, *where)],
        "comments": [_with_units(line, reading) for line in comments_of(viewer, case, *where)],
        "hearings": [asdict(line) for line in hearings_of(viewer, case, *where)],
        "returns": [asdict(line) for line in returns_of(viewer, case)],
        "conclusion": asdict(conclusion) if conclusion else None,
        "refusal": asdict(refusal) if refusal else None,
        "times": [asdict(line) for line in times_of(viewer, case)],
    }
