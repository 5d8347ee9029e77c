"""The bases of a case as a reader wants them."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.bases.queries import bases_of_case
from dutygate.features.cases.sections import Reading, section


@section("bases")
def bases_section(viewer: ActingPost, reading: Reading) -> list[dict[str, Any]]:
    """法定依据: each with its days and whether it is confirmed."""
    return [
        {
            "id": str(basis.id),
            "title": basis.title,
            "kind": basis.kind,
            "issuer": basis.issuer,
            "document_number": basis.document_number,
            "article": basis.article,
            "in_force_from": basis.in_force_from,
            "in_force_to": basis.ends_on,
            "confirmed": basis.confirmed,
        }
        for basis in bases_of_case(viewer, reading.case)
    ]
