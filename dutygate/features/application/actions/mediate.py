"""组织协调（第四条（一））: the lead brings the parties together and keeps the minutes. Nobody's answer is changed by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest
from dutygate.base.organizations.directory import UnitInfo
from dutygate.features.application.models import Mediation
from dutygate.features.cases.case_action import CaseAction, resolve_unit
from dutygate.features.cases.facts import CaseSubject


@register_action
class Mediate(CaseAction):
    """组织协调: who met when, and what was said."""

    name = "consultation.mediate"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """``present`` by key, code or name; the minutes in words, as a scan, or both."""

        held_on: date
        place: str = Field("", max_length=200)
        present: tuple[str, ...] = Field(min_length=1, max_length=200)
        minutes: str = Field("", max_length=20_000)
        scan: FileDigest = ""

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing: what it says holds whatever was answered meanwhile."""
        return {}

    def _present(self, subject: CaseSubject, payload: Any) -> list[UnitInfo]:
        units = {u.id: u for u in (resolve_unit(subject.directory, ref, "present") for ref in payload.present)}
        return list(units.values())

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Units as the rules name them. Raises Malformed for a day to come."""
        if payload.held_on > subject.door.today:
            raise Malformed([("held_on", "lies in the future")])
        return {**payload.model_dump(), "present": tuple(unit.key for unit in self._present(subject, payload))}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The minutes are kept; whoever was there, and the applicant, is told."""
        present = sorted(unit.id for unit in self._present(subject, payload))
        assert context.acting.unit_id is not None
        Mediation.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            round=subject.case.round,
            held_on=payload.held_on,
            place=payload.place,
            present=present,
            minutes=payload.minutes,
            scan=payload.scan,
            by_unit_id=context.acting.unit_id,
        )
        context.touched = {context.acting.unit_id}
        context.tell("mediated", {*present, subject.case.initiator_id}, day=payload.held_on.isoformat())
