"""核定异议（第五条）: the lead says how much of what is disputed did come; the rest is still to come from the department."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.prepared import insert
from dutygate.features.support.acting import OFFICES, SETTLE, SupportAction, SupportSubject, sync_tasks
from dutygate.features.support.actions.deliver import FEN_LIMIT, Ref
from dutygate.features.support.models import Commitment, Confirmation, Delivery
from dutygate.features.support.queries import commitments_of_pledge, deliveries_of, pledge_by_code, public_reference


class SettledLine(Given):
    """One disputed delivery. ``received_fen``: of what is disputed so much did come; of a thing ``received`` says that it did."""

    delivery: Ref
    received_fen: int = Field(0, ge=0, le=FEN_LIMIT)
    received: bool = False


class SettleGiven(Given):
    """Which disputes, and why so."""

    lines: tuple[SettledLine, ...] = Field(min_length=1, max_length=2000)
    reason: str = Field("", max_length=1000)

    @model_validator(mode="after")
    def names_each_once(self) -> Self:
        """No delivery is named twice."""
        if len({line.delivery for line in self.lines}) != len(self.lines):
            raise ValueError("a delivery is named twice")
        return self


@register_action
class Settle(SupportAction):
    """核定异议. Subject: the pledge. Result: {settled: how many}."""

    name = SETTLE
    Payload: ClassVar[type[BaseModel]] = SettleGiven

    def load(self, ref: str, payload: Any, door: Door) -> SupportSubject:
        """The pledge with the deliveries that are named. Raises NotFound, Malformed."""
        pledge = pledge_by_code(door.acting, ref)
        rows = {row.id: row for row in commitments_of_pledge(door.acting, pledge)}
        given = {f"{public_reference(rows[one.commitment_id])}.{one.ordinal}": one for one in deliveries_of(door.acting, rows.values())}
        missing = [line.delivery for line in payload.lines if line.delivery not in given]
        if missing:
            raise Malformed([("lines", f"not of this pledge: {name}") for name in missing])
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        lines = [(given[line.delivery], rows[given[line.delivery].commitment_id], line) for line in payload.lines]
        return SupportSubject(ref, directory, door, {"pledge": pledge, "lines": lines})

    def relations(self, subject: SupportSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """By the seats held on the day of entry."""
        acting = door.acting
        if acting.kind not in OFFICES or acting.unit_id is None:
            return frozenset()
        return roles & subject.directory.seats_of(acting.unit_id, door.today)

    def look_up(self, subject: SupportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Which lines settle more than is disputed."""
        lines = subject.read["lines"]
        return {"over": [line.delivery for one, row, line in lines if not one.disputed or _received(one, row, line) > one.disputed]}

    def apply(self, subject: SupportSubject, payload: Any, context: Context) -> None:
        """Both sides are told."""
        lines, unit = subject.read["lines"], context.acting.unit_id
        assert unit is not None
        words: list[Confirmation] = []
        for one, row, line in lines:
            received = _received(one, row, line)
            rest = one.disputed - received
            row.confirmed, row.disputed, row.delivered = row.confirmed + received, row.disputed - one.disputed, row.delivered - rest
            one.confirmed, one.refused, one.disputed = one.confirmed + received, one.refused + rest, 0
            words.append(
                Confirmation(
                    id=context.new_id(),
                    jurisdiction_id=row.jurisdiction_id,
                    delivery=one,
                    answer="settled",
                    amount=received,
                    rest=rest,
                    reason=payload.reason,
                    unit_id=unit,
                    at=context.at,
                )
            )
        Delivery.objects.bulk_update([one for one, _row, _line in lines], ["confirmed", "disputed", "refused"], batch_size=500)
        rows = {row.id: row for _one, row, _line in lines}
        Commitment.objects.bulk_update(rows.values(), ["confirmed", "disputed", "delivered"], batch_size=500)
        insert(*words)
        told = {unit for row in rows.values() for unit in (row.township_id, row.department_id)}
        context.tell("support_settled", told, title=subject.read["pledge"].duty.title, reason=payload.reason[:100])
        context.result["settled"] = len(subject.read["lines"])

    def project(self, subject: SupportSubject, context: Context) -> None:
        """What did not come is owed again."""
        done = (self.name, context.acting.unit_id)
        sync_tasks([subject.read["pledge"]], subject.directory, context.door, context.on, done)


def _received(one: Delivery, row: Commitment, line: Any) -> int:
    if row.measure == "item":
        return one.disputed if line.received else 0
    return int(line.received_fen)
