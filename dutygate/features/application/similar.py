"""相似事项 of a case that is being written or waits to be accepted, for whoever has to think about it: its department, then the lead."""

from __future__ import annotations

from typing import Any, Final

from dutygate.features.application.searching import content_of
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.similar import similar_matters

WRITING: Final = frozenset({"drafting", "consulting", "agreed"})


def similar_shown(scene: CaseScene) -> list[dict[str, Any]]:
    """As ``similar_matters`` gives them; none for other readers, and none once the application is accepted."""
    case, reading = scene.case, scene.reading
    if case.kind != "admission" or not _concerned(scene):
        return []
    return similar_matters(scene.viewer, reading.directory, case.title, content_of(case), reading.on, case_id=case.id)


def _concerned(scene: CaseScene) -> bool:
    unit = scene.viewer.unit_id
    if scene.case.state in WRITING:
        return bool(unit == scene.case.initiator_id)
    return scene.case.state == "applied" and unit is not None and "lead" in scene.reading.directory.seats_of(unit, scene.reading.on)
