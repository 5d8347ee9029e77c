"""Decision and notice of a case as a reader wants them; what is not meant for the viewer is left out (see ``queries``)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.sections import Reading, section
from dutygate.features.decision.queries import (
    DecisionLine,
    ReceiptLine,
    SubmissionLine,
    decisions_of,
    notice_line,
    receipt_lines,
    submissions_of,
)


def _with_unit(line: SubmissionLine | DecisionLine | ReceiptLine, reading: Reading) -> dict[str, Any]:
    """Its unit by key and name instead of the id."""
    plain = asdict(line)
    plain["unit"] = reading.unit(plain.pop("unit_id"))
    for person in ("acknowledged_by", "opened_by"):  # persons; the pages say the names to whom it concerns
        plain.pop(person, None)
    for delivery in plain.get("deliveries", ()):
        delivery.pop("entered_by")
    return plain


def _decision(line: DecisionLine, reading: Reading) -> dict[str, Any]:
    plain = _with_unit(line, reading)
    entered_by = plain.pop("entered_by_unit")
    return {**plain, "entered_by": reading.unit(entered_by) if entered_by != line.unit_id else None}


@section("decision")
def decision_section(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """决定: {submissions, decisions}."""
    sent_up = submissions_of(viewer, reading.case, reading.directory, reading.on)
    return {
        "submissions": [_with_unit(line, reading) for line in sent_up],
        "decisions": [_decision(line, reading) for line in decisions_of(viewer, reading.case)],
    }


@section("notice")
def notice_section(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """告知: {notice, receipts}."""
    notice = notice_line(viewer, reading.case)
    receipts = receipt_lines(viewer, reading.case, reading.directory, reading.on)
    return {"notice": asdict(notice) if notice else None, "receipts": [_with_unit(line, reading) for line in receipts]}
