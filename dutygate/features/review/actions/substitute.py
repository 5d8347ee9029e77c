"""回避与顶替（第三条）: nobody assesses its own application; another member of the conference takes the seat in this case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction, add_parties, resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.facts import sitting_in
from dutygate.features.review.models import Substitution
from dutygate.features.review.seats import SEAT_LENGTH, resolve_seat


@register_action
class Substitute(CaseAction):
    """回避与顶替: the substitute sits there in this case only. What the former unit found for the seat no longer counts."""

    name = "review.substitute"

    class Payload(Given):
        """The seat (lead, legal, services, member:<unit>), who takes it (unit key, code or name), and why."""

        seat: str = Field(max_length=SEAT_LENGTH)
        substitute: str = Field(max_length=200)
        reason: str = Field("", max_length=2000)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Seat and substitute as the rules name them."""
        return {
            "seat": resolve_seat(subject, payload.seat, subject.door.acting.unit_id),
            "substitute": resolve_unit(subject.directory, payload.substitute, "substitute").key,
            "reason": payload.reason,
        }

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The substitute becomes a party; both are told, and whoever leads the case."""
        act = self.act(subject, payload)
        seat, unit = str(act["seat"]), subject.directory.by_key(act["substitute"]).id
        former, lead = sitting_in(subject, seat), sitting_in(subject, "lead")
        Substitution.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            seat=seat,
            unit_id=unit,
            former_id=former,
            reason=payload.reason,
            substituted_at=context.at,
        )
        subject.case.substituted = True
        add_parties(subject.case, [unit], "seat", context)
        context.tell("seat_substituted", {u for u in (unit, former, lead) if u is not None}, seat=seat, unit=act["substitute"])
