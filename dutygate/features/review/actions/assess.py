"""审核（第三条、第四条（二））: each seat finds on the five points; legal also on exclusions, the lead on necessity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Literal

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.register.prepared import Prepared, PreparedChange, insert
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.paper import PaperGiven
from dutygate.features.review.facts import review_facts, sitting_in
from dutygate.features.review.models import Assessment, FocusFinding
from dutygate.features.review.on_paper import PaperAction
from dutygate.features.review.seats import SEAT_LENGTH, resolve_seat


class Point(Given):
    """What was found on one focus point."""

    finding: Literal["ok", "concern"]
    text: str = Field("", max_length=4000)


_SUPERSEDED: Final = PreparedChange(
    lambda case, seat, unit: Assessment.objects.filter(case=case, seat=seat, unit_id=unit, is_current=True),
    {"is_current": False},
    case=int,
    seat=str,
    unit=int,
)
_MADE: Final = Prepared(lambda case, unit: Assessment.objects.filter(case=case, unit_id=unit).values_list("id"), case=int, unit=int)


@register_action
class Assess(PaperAction):
    """审核: one assessment by the unit that sits in the seat. Assessing again supersedes it; the earlier one stays readable.

    Seats assess side by side: what one writes makes no other's page stale.
    """

    name = "review.assess"
    bumps: ClassVar[bool] = False

    class Payload(PaperGiven):
        """``seat`` is lead, legal, services or member; ``points`` a finding on each of the five."""

        seat: str = Field(max_length=SEAT_LENGTH)
        points: dict[str, Point] = Field(default_factory=dict, max_length=20)
        recommends: Literal["admit", "not_admit"]
        necessity: Literal["necessary", "not_necessary", ""] = ""
        excluded_power: Literal["none", "found", ""] = ""
        excluded_power_reason: str = Field("", max_length=2000)
        emergency: Literal["none", "found", ""] = ""
        emergency_reason: str = Field("", max_length=2000)
        still_temporary: bool | None = None
        text: str = Field("", max_length=8000)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """The text that was read, and how often the unit whose act it is has assessed the case before."""
        acting = subject.acting or subject.door.acting
        made = _MADE.rows(case=subject.case.id, unit=acting.unit_id or 0)
        return {"revision": subject.case.revision, "assessment": len(made)}

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The seat as the rules name it. Raises Malformed for a point that the edition does not know."""
        if unknown := [point for point in payload.points if point not in subject.edition.focus_points]:
            raise Malformed([("points", f"no such focus point: {', '.join(unknown)}")])
        return {**super().act(subject, payload), "seat": self._seat(subject, payload)}

    def _seat(self, subject: CaseSubject, payload: Any) -> str:
        return resolve_seat(subject, payload.seat, self.effective(subject, payload, subject.door).unit_id)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The new assessment with its findings; the lead is told when the last seat is in."""
        seat = self._seat(subject, payload)
        unit = self.effective(subject, payload, context.door).unit_id
        assert unit is not None
        _SUPERSEDED.make(case=subject.case.id, seat=seat, unit=unit)
        made = Assessment(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            seat=seat,
            unit_id=unit,
            recommends=payload.recommends,
            necessity=payload.necessity,
            excluded_power=payload.excluded_power,
            excluded_power_reason=payload.excluded_power_reason,
            emergency=payload.emergency,
            emergency_reason=payload.emergency_reason,
            still_temporary=payload.still_temporary,
            text=payload.text,
            revision=subject.case.revision,
            assessed_at=context.at,
            assessed_by=context.acting.user_id,
            document_number=payload.document_number,
            signed_on=payload.signed_on,
            scan=payload.scan,
            entered_by_unit=context.acting.unit_id,
        )
        insert(made)
        findings = [
            FocusFinding(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                assessment=made,
                point=point,
                finding=found.finding,
                text=found.text,
            )
            for point, found in payload.points.items()
        ]
        insert(*findings)
        self._tell(subject, seat, unit, context)

    def attach(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """A scan is shown to the parties with the conclusion (``Conclude``), as the assessment is, and not before."""

    @staticmethod
    def _tell(subject: CaseSubject, seat: str, unit: int, context: Context) -> None:
        lead = sitting_in(subject, "lead")
        context.touched = {u for u in (unit, lead) if u is not None}
        if unit != context.acting.unit_id:
            context.tell("assessment_entered_for_you", [unit], seat=seat)
        subject.memo.pop("review", None)
        review, points = review_facts(subject), set(context.edition.focus_points)
        whole = {(a.seat, a.unit) for a in review.assessments if points <= a.points - a.lapsed}
        if lead is not None and set(review.seats) <= whole:
            context.tell("every_seat_assessed", [lead])
