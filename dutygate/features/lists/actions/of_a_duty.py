"""What the ends of an exit and of an adjustment have in common: the case that is approved, the duty that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import StringConstraints

from dutygate.base.catalogue.action import Context, Door
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.lists.queries import duties_visible

Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class OfADuty(CaseAction):
    """Brought about by the notice of an approved case of that kind, and by nothing else. It leaves the case as it is."""

    internal = True
    bumps: ClassVar[bool] = False
    kind: ClassVar[str]

    def load(self, ref: str, payload: Any, door: Door) -> CaseSubject:
        """An approved exit, or an approved adjustment. Raises Conflict."""
        subject = super().load(ref, payload, door)
        case = subject.case
        if case.kind != self.kind or case.state != "approved" or case.outcome != "approved":
            raise Conflict(detail=f"{ref} is no approved {self.kind}")
        return subject

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing: no person asks for it."""
        return {}

    def duty(self, subject: CaseSubject) -> Any:
        """The duty that the case is about."""
        assert subject.case.duty_id is not None
        return duties_visible(subject.door.acting).get(id=subject.case.duty_id)

    def township(self, subject: CaseSubject, key: str) -> int:
        """A township of the jurisdiction by its key. Raises Malformed."""
        unit = subject.directory.by_key(key)
        if unit.kind != "township" or unit.jurisdiction_id != subject.case.jurisdiction_id:
            raise Malformed([("townships", f"not a township of this jurisdiction: {key}")])
        return unit.id

    def project(self, subject: CaseSubject, context: Context) -> None:
        """The open tasks of the case are those that the notice left."""
