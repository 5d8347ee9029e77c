"""The duty that a case has brought about, as a reader of the case wants it."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.sections import Reading, section
from dutygate.features.lists.queries import duty_brought_about, public_last_day, townships_of


@section("duty")
def duty_section(viewer: ActingPost, reading: Reading) -> dict[str, Any] | None:
    """列入清单, or the duty that an exit or an adjustment is about, as it stands: {code, list, admitted_on, ends_on,
    entries: township, section, valid_from, last_day}; None while it is on no list.
    """
    duty = duty_brought_about(viewer, reading.case)
    if duty is None:
        return None
    return {
        "code": duty.code,
        "list": duty.list_name,
        "admitted_on": duty.admitted_on,
        "ends_on": duty.ends_on,
        "entries": [
            {
                "township": reading.unit(entry.township_id),
                "section": entry.section,
                "valid_from": entry.valid_from,
                "last_day": public_last_day(entry.valid_to),
            }
            for entry in townships_of(viewer, duty)
        ],
    }
